import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { DeadLetterJob } from "../../api/schema";
import { count } from "../../components/format";
import { Query } from "../../components/Query";
import { type Column, Rows } from "../../components/Rows";
import { Time } from "../../components/Time";
import { deadLetters as text } from "../../text/en/deadletters";
import { jobsQuery } from "./queries";

const COLUMNS: Column<DeadLetterJob>[] = [
  { title: text.when, cell: ({ started }) => <Time at={started} /> },
  { title: text.act, cell: ({ act }) => (act === "sent" ? text.acts.sent : text.acts.discarded) },
  {
    title: text.jobState,
    cell: ({ state, error }) => (
      <>
        {text.job.states[state as keyof typeof text.job.states] ?? state}
        {error !== undefined && (
          <Text size="sm" c="dimmed">
            {error}
          </Text>
        )}
      </>
    ),
  },
  { title: text.done, isNumber: true, cell: ({ done }) => count(done) },
  { title: text.refused, isNumber: true, cell: ({ refused }) => count(refused) },
];

/** The jobs that have dealt with the topic's letters. */
export function History({ topic }: { topic: string }) {
  const query = useQuery(jobsQuery);
  return (
    <>
      <Text size="sm" c="dimmed">
        {text.historyHelp}
      </Text>
      <Query query={query}>
        {(jobs) => (
          <Rows
            label={text.history}
            columns={COLUMNS}
            rows={jobs.filter((job) => job.topic === topic)}
            rowKey={({ id }) => id}
            empty={null}
          />
        )}
      </Query>
    </>
  );
}
