import { Badge, Group, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { overviewQuery } from "../../api/queries";
import type { DeadLetterTopic } from "../../api/schema";
import { count } from "../../components/format";
import { ViewAnchor } from "../../components/Links";
import { Empty } from "../../components/Notice";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { type Column, Rows } from "../../components/Rows";
import { Time } from "../../components/Time";
import { useOnChange } from "../../components/useOnChange";
import { deadLetters as text } from "../../text/en/deadletters";
import { letterTopicsQuery } from "./queries";

const SHOWN_ERRORS = 4;

/** While records are set aside all the time, it is asked so often. */
const FOLLOW_MILLIS = 5_000;

/** The count stands at the end, so it must not be cut off. */
const WHOLE = { label: { whiteSpace: "normal", overflow: "visible" } } as const;

const COLUMNS: Column<DeadLetterTopic>[] = [
  {
    title: text.topic,
    cell: (topic) => (
      <>
        <ViewAnchor to="/ui/dead-letters/$topic" params={{ topic: topic.name }}>
          {topic.name}
        </ViewAnchor>
        <Text size="sm" c="dimmed">
          {topic.connectors.join(", ")}
        </Text>
      </>
    ),
  },
  {
    title: text.open,
    isNumber: true,
    cell: (topic) => <Count value={topic.open} isComplete={topic.complete} />,
  },
  { title: text.errors, cell: (topic) => <Errors topic={topic} /> },
  {
    title: text.oldest,
    isDetail: true,
    cell: ({ oldest }) => (oldest === undefined ? "–" : <Time at={oldest} />),
  },
  { title: text.newest, cell: ({ newest }) => (newest === undefined ? "–" : <Time at={newest} />) },
  {
    title: text.dealtWith,
    isDetail: true,
    isNumber: true,
    cell: (topic) => <Count value={topic.sent + topic.discarded} isComplete={topic.complete} />,
  },
];

/** All topics of dead letters, with what waits there. */
export function DeadLettersPage() {
  const query = useQuery(letterTopicsQuery);
  useFreshness();
  return (
    <Page title={text.title}>
      <Query query={query}>
        {(topics) => (
          <Rows
            label={text.title}
            columns={COLUMNS}
            rows={topics}
            rowKey={({ name }) => name}
            empty={<Empty title={text.empty}>{text.emptyCure}</Empty>}
          />
        )}
      </Query>
    </Page>
  );
}

/** Asks anew when the stream of overviews tells that more was set aside. */
export function useFreshness() {
  const { data: rejected } = useQuery({
    ...overviewQuery,
    select: ({ connectors }) => connectors.reduce((sum, one) => sum + one.rejected, 0),
  });
  const cache = useQueryClient();
  useOnChange(
    rejected,
    () => void cache.invalidateQueries({ queryKey: letterTopicsQuery.queryKey, exact: true }),
    FOLLOW_MILLIS,
  );
}

export function Count({ value, isComplete }: { value: number; isComplete: boolean }) {
  return isComplete ? count(value) : text.atLeast(count(value));
}

function Errors({ topic }: { topic: DeadLetterTopic }) {
  if (topic.unreadable !== undefined) {
    return (
      <Text size="sm" c="red.8">
        {text.unreadable}: {topic.unreadable}
      </Text>
    );
  }
  const more = topic.errors.length - SHOWN_ERRORS;
  return topic.errors.length === 0 ? (
    <Text size="sm" c="dimmed">
      {text.noneOpen}
    </Text>
  ) : (
    <Group gap={4}>
      {topic.errors.slice(0, SHOWN_ERRORS).map(({ code, count: letters }) => (
        <ErrorBadge key={code} topic={topic.name} code={code} letters={letters} />
      ))}
      {more > 0 && <Badge variant="default" tt="none">{`+${more}`}</Badge>}
    </Group>
  );
}

/** An error and how many letters have it; leads to them. */
export function ErrorBadge(props: { topic: string; code: string; letters: number }) {
  return (
    <ViewAnchor
      to="/ui/dead-letters/$topic"
      params={{ topic: props.topic }}
      search={{ code: props.code }}
      underline="never"
    >
      <Badge color="red" variant="light" tt="none" h="auto" styles={WHOLE}>
        {props.code} {count(props.letters)}
      </Badge>
    </ViewAnchor>
  );
}
