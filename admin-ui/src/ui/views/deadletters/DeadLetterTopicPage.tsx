import { Group, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ViewAnchor } from "../../components/Links";
import { CLOSING, OPENING, useClose } from "../../components/opened";
import { Page } from "../../components/Page";
import { deadLetters as text } from "../../text/en/deadletters";
import { ErrorBadge, useFreshness } from "./DeadLettersPage";
import { Filters } from "./Filters";
import { History } from "./History";
import { JobPanel } from "./JobPanel";
import { LetterDrawer } from "./LetterDrawer";
import { LetterList } from "./LetterList";
import { letterTopicsQuery } from "./queries";
import { filterOf } from "./search";
import { useTopicJob } from "./useTopicJob";

const route = getRouteApi("/ui/dead-letters/$topic");

/** A topic's dead letters: found, looked at, sent again, discarded. */
export function DeadLetterTopicPage() {
  const { topic } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { job, show: showJob, close } = useTopicJob(topic);
  const summary = useQuery(letterTopicsQuery).data?.find(({ name }) => name === topic);
  useFreshness();
  const leave = useClose();
  const closeLetter = () =>
    leave(() => void navigate({ search: filterOf(search), ...CLOSING }));
  return (
    <Page
      title={topic}
      actions={
        <ViewAnchor to="/ui/topics/$topic" params={{ topic }}>
          {text.toTopic}
        </ViewAnchor>
      }
    >
      {summary !== undefined && summary.errors.length > 0 && (
        <Group gap={4}>
          {summary.errors.map((error) => (
            <ErrorBadge key={error.code} topic={topic} code={error.code} letters={error.count} />
          ))}
        </Group>
      )}
      <Filters summary={summary} />
      {job !== undefined && <JobPanel started={job} onClose={close} />}
      <LetterList
        topic={topic}
        search={search}
        onShow={(letter) => void navigate({ search: { ...search, letter }, ...OPENING })}
        onJob={showJob}
      />
      <LetterDrawer
        topic={topic}
        letter={search.letter}
        onClose={closeLetter}
        onJob={(started) => {
          showJob(started);
          closeLetter();
        }}
      />
      <Stack gap="xs">
        <Title order={2} size="h4">
          {text.history}
        </Title>
        <History topic={topic} />
      </Stack>
    </Page>
  );
}
