import { Alert, Button, Group, Select, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Pause, Play } from "lucide-react";
import { useState } from "react";
import type { Event } from "../../api/schema";
import { MomentField } from "../../components/MomentField";
import { Empty, Failure, Loading } from "../../components/Notice";
import { Page } from "../../components/Page";
import { QueryFailure } from "../../components/Query";
import { SearchField } from "../../components/SearchField";
import { Typed } from "../../components/Typed";
import { common } from "../../text/en/common";
import { events as text } from "../../text/en/events";
import { EventTable } from "./EventTable";
import { pageFrom } from "./page";
import { actorNames, type EventSearch, isOpenEnded, parameters, typeNames } from "./search";
import { useLiveEvents } from "./useLiveEvents";

const route = getRouteApi("/ui/events");
const ALL = "all";

/** What happened and who caused it, the newest first, and what happens now. */
export function EventsPage() {
  const search = route.useSearch();
  const [isPaused, setPaused] = useState(false);
  const pages = useInfiniteQuery({
    queryKey: ["events", search],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => {
      const asked = parameters(search);
      if (pageParam !== undefined) {
        asked.set("before", String(pageParam));
      }
      return pageFrom(asked, signal);
    },
    getNextPageParam: (page) => page.next,
    // New ones come by the stream.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const stored = pages.data?.pages.flatMap((page) => page.events);
  const end = stored?.[0]?.offset ?? pages.data?.pages[0]?.end;
  const live = useLiveEvents(search, end, isPaused);
  const known = new Set(stored?.map(({ offset }) => offset));
  const shown = [...live.events.filter(({ offset }) => !known.has(offset)), ...(stored ?? [])];
  return (
    <Page
      title={text.title}
      actions={
        isOpenEnded(search) && (
          <Button
            variant="default"
            leftSection={isPaused ? <Play size={16} /> : <Pause size={16} />}
            onClick={() => setPaused(!isPaused)}
          >
            {isPaused ? text.resume : text.pause}
          </Button>
        )
      }
    >
      <Filters />
      {live.error && <Failure error={live.error} onRetry={live.again} />}
      {live.isLost && !isPaused && <Alert color="orange">{text.lost}</Alert>}
      {stored === undefined ? (
        pages.error === null ? (
          <Loading />
        ) : (
          <QueryFailure query={pages} />
        )
      ) : (
        <Stack>
          <Text c="dimmed" size="sm">
            {isPaused ? text.paused : isOpenEnded(search) ? text.live : text.past}
          </Text>
          <Found events={shown} isFiltered={Object.keys(search).length > 0} />
          {pages.error && <Failure error={pages.error} />}
          <Group>
            {pages.hasNextPage ? (
              <Button
                variant="default"
                loading={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                {shown.length === 0 ? text.searching : text.more}
              </Button>
            ) : (
              shown.length > 0 && <Text c="dimmed">{text.all}</Text>
            )}
          </Group>
        </Stack>
      )}
    </Page>
  );
}

function Found({ events, isFiltered }: { events: Event[]; isFiltered: boolean }) {
  if (events.length > 0) {
    return <EventTable events={events} />;
  }
  return <Empty title={isFiltered ? common.nothingFound : text.empty} />;
}

function Filters() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (name: keyof EventSearch, value: string | undefined) => {
    void navigate({
      search: ({ [name]: _, ...others }) =>
        value === undefined || value === "" || value === ALL ? others : { ...others, [name]: value },
      replace: true,
    });
  };
  return (
    <Group align="flex-end" role="search" aria-label={text.filters}>
      <SearchField value={search.text ?? ""} onChange={(value) => set("text", value)} />
      <Select
        label={text.kind}
        data={withOwn(typeNames, search.type)}
        value={search.type ?? ALL}
        allowDeselect={false}
        onChange={(value) => set("type", value ?? ALL)}
      />
      <Select
        label={text.who}
        data={withOwn(actorNames, search.who)}
        value={search.who ?? ALL}
        allowDeselect={false}
        onChange={(value) => set("who", value ?? ALL)}
      />
      <Typed
        label={text.subject}
        value={search.subject ?? ""}
        onChange={(subject) => set("subject", subject)}
      />
      <MomentField
        label={text.from}
        clearable
        miw={200}
        value={search.from}
        onChange={(from) => set("from", from)}
      />
      <MomentField
        label={text.to}
        clearable
        miw={200}
        value={search.to}
        onChange={(to) => set("to", to)}
      />
      {Object.keys(search).length > 0 && (
        <Button variant="subtle" onClick={() => void navigate({ search: {} })}>
          {text.clear}
        </Button>
      )}
    </Group>
  );
}

/** The address may name what the list does not. */
function withOwn(names: { value: string; label: string }[], own: string | undefined) {
  return own === undefined || names.some(({ value }) => value === own)
    ? names
    : [...names, { value: own, label: own }];
}
