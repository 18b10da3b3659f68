import { Button, Group, Text } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { EXACT } from "../../api/client";
import { topicQuery } from "../../api/queries";
import type { RecordPage, Topic } from "../../api/schema";
import { Empty, Failure, Loading } from "../../components/Notice";
import { QueryFailure } from "../../components/Query";
import { topic as text } from "../../text/en/topic";
import { DownloadLines } from "./DownloadLines";
import { beginning, following, isBackward, KEPT_PAGES, PAGE_RECORDS, readPage } from "./positions";
import { type Looking, RecordTable } from "./RecordTable";
import type { RecordSearch } from "./search";
import { UnreadablePlaces } from "./UnreadablePlaces";

/** Forward, nothing is behind such a page yet. */
const isShort = ({ records }: RecordPage) => records.length < PAGE_RECORDS;

/**
 * Records as they are stored, a page at a time: from a place on, or back from the newest. Only so many
 * pages are kept.
 */
export function StoredRecords(props: { topic: Topic; search: RecordSearch } & Looking) {
  const { topic, search, shown, onShow } = props;
  const cache = useQueryClient();
  const { partition, start, time, offset } = search;
  const isBack = isBackward(search);
  const queryKey = ["records", topic.name, { partition, start, time, offset }];
  const pages = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as URLSearchParams | undefined,
    queryFn: async ({ pageParam, signal }) => {
      // Where a partition begins is known of the topic as it is now.
      const first = async () =>
        beginning(await cache.fetchQuery({ ...topicQuery(topic.name), staleTime: 0 }), search);
      return readPage(topic.name, pageParam ?? (await first()), signal);
    },
    // What comes to be behind a page that has room is put into that page, by asking for it anew.
    getNextPageParam: (page) => (!isBack && isShort(page) ? undefined : following(page, search)),
    // The first are left behind for good: looking again begins anew.
    getPreviousPageParam: () => undefined,
    // Forward, the last may turn out to be empty: it takes no other's place.
    maxPages: isBack ? KEPT_PAGES : KEPT_PAGES + 1,
    // What was shown stays until it is asked for again: offsets must not slip under the reader.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    ...EXACT,
  });
  if (pages.data === undefined) {
    return pages.error ? (
      <QueryFailure query={pages} />
    ) : (
      <Loading />
    );
  }
  const records = pages.data.pages.flatMap((page) => page.records);
  const unreadable = pages.data.pages.flatMap((page) => page.unreadable);
  const last = pages.data.pages.at(-1);
  const isAtEnd = last !== undefined && (isBack ? last.next === "" : isShort(last));
  const hasMadeRoom = pages.data.pageParams[0] !== undefined;
  return (
    <>
      <UnreadablePlaces places={distinct(unreadable)} />
      {(isBack || hasMadeRoom) && (
        <Group>
          <Button variant="default" onClick={() => void cache.resetQueries({ queryKey })}>
            {isBack ? text.refresh : text.beginAnew}
          </Button>
          {hasMadeRoom && <Text c="dimmed">{text.madeRoom}</Text>}
        </Group>
      )}
      {records.length === 0 && isAtEnd && <Empty title={text.empty} />}
      {(records.length > 0 || shown !== undefined) && (
        <RecordTable topic={topic.name} records={records} shown={shown} onShow={onShow} />
      )}
      {pages.error && <Failure error={pages.error} />}
      <Group>
        {!(isBack && isAtEnd) && (
          <Button
            variant="default"
            loading={pages.isFetching}
            onClick={() => void (isAtEnd ? pages.refetch() : pages.fetchNextPage())}
          >
            {isBack ? text.older : isAtEnd ? text.newer : text.more}
          </Button>
        )}
        {records.length > 0 && <DownloadLines topic={topic.name} records={records} />}
        {isAtEnd && <Text c="dimmed">{text.end}</Text>}
      </Group>
    </>
  );
}

/** A partition that is offline is told of with every page. */
function distinct<T extends { partition: number; offset: number }>(places: T[]): T[] {
  return [
    ...new Map(places.map((place) => [`${place.partition}:${place.offset}`, place])).values(),
  ];
}
