import { Alert, Button, Group, Text } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { EXACT } from "../../api/client";
import { topicQuery } from "../../api/queries";
import type { Topic } from "../../api/schema";
import { Empty, Failure, Loading } from "../../components/Notice";
import { topic as text } from "../../text/en/topic";
import { DownloadLines } from "./DownloadLines";
import { beginning, following, PAGE_RECORDS, readPage } from "./positions";
import { RecordTable } from "./RecordTable";
import type { RecordSearch } from "./search";

/** Records as they are stored, a page at a time. */
export function StoredRecords({ topic, search }: { topic: Topic; search: RecordSearch }) {
  const cache = useQueryClient();
  const pages = useInfiniteQuery({
    queryKey: ["records", topic.name, search],
    initialPageParam: undefined as URLSearchParams | undefined,
    queryFn: async ({ pageParam, signal }) => {
      // Where the newest are is known of the topic as it is now.
      const first = async () =>
        beginning(await cache.fetchQuery({ ...topicQuery(topic.name), staleTime: 0 }), search);
      return readPage(topic.name, pageParam ?? (await first()), signal);
    },
    getNextPageParam: (page) => following(page, search.partition),
    // What was shown stays until it is asked for again: offsets must not slip under the reader.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    ...EXACT,
  });
  if (pages.data === undefined) {
    return pages.error ? (
      <Failure error={pages.error} onRetry={() => void pages.refetch()} />
    ) : (
      <Loading />
    );
  }
  const records = pages.data.pages.flatMap((page) => page.records);
  const unreadable = pages.data.pages.flatMap((page) => page.unreadable);
  const last = pages.data.pages.at(-1);
  const isAtEnd = last !== undefined && last.records.length < PAGE_RECORDS;
  return (
    <>
      {unreadable.map((place) => (
        <Alert
          key={`${place.partition}:${place.offset}`}
          color="orange"
          title={text.unreadable(place.offset, place.nextOffset)}
        >
          {place.message}
        </Alert>
      ))}
      {records.length === 0 ? <Empty title={text.empty} /> : <RecordTable records={records} />}
      {pages.error && <Failure error={pages.error} />}
      <Group>
        <Button
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {isAtEnd ? text.refresh : text.more}
        </Button>
        {records.length > 0 && <DownloadLines topic={topic.name} records={records} />}
        {isAtEnd && <Text c="dimmed">{text.end}</Text>}
      </Group>
    </>
  );
}
