import { Group, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ViewAnchor } from "../../components/Links";
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
  const show = (letter: string | undefined) =>
    void navigate({ search: { ...filterOf(search), ...(letter !== undefined && { letter }) } });
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
      <LetterList topic={topic} search={search} onShow={show} onJob={showJob} />
      <LetterDrawer
        topic={topic}
        letter={search.letter}
        onClose={() => show(undefined)}
        onJob={(started) => {
          showJob(started);
          show(undefined);
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
