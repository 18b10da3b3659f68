import { Checkbox, Group, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useHistory } from "../../api/history";
import { overviewQuery } from "../../api/queries";
import type { GroupState, GroupSummary, TaskState } from "../../api/schema";
import { count } from "../../components/format";
import { ViewAnchor } from "../../components/Links";
import { Empty } from "../../components/Notice";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { type Column, Rows } from "../../components/Rows";
import { SearchField } from "../../components/SearchField";
import { Sparkline } from "../../components/Sparkline";
import { common } from "../../text/en/common";
import { groups as text } from "../../text/en/groups";
import { GroupStateBadge } from "./GroupStateBadge";
import { lagOf } from "./LagHistory";
import { type GroupFilter, STATES } from "./search";

const route = getRouteApi("/ui/groups");

/** A point of a trend. */
const TREND_STEP_SECONDS = 60;

const SHOWN_TOPICS = 3;

type Trends = Map<string, ReturnType<typeof lagOf>>;

const columns = (
  trends: Trends,
  connectors: ReadonlyMap<string, TaskState>,
): Column<GroupSummary>[] => [
  {
    title: text.name,
    cell: (group) => (
      <ViewAnchor to="/ui/groups/$group" params={{ group: group.name }}>
        {group.name}
      </ViewAnchor>
    ),
  },
  {
    title: text.state,
    cell: ({ state, connector = "" }) => (
      <GroupStateBadge state={state} connector={connectors.get(connector)} />
    ),
  },
  {
    title: text.members,
    isDetail: true,
    isNumber: true,
    cell: (group) => (group.connector === undefined ? count(group.members) : "–"),
  },
  { title: text.lag, isNumber: true, cell: (group) => count(group.lag) },
  {
    title: text.trend,
    isDetail: true,
    cell: (group) => (
      <Sparkline
        label={text.trend}
        line={trends.get(group.name) ?? { values: [] }}
        format={(value) => text.records(count(value))}
      />
    ),
  },
  {
    title: text.topics,
    isDetail: true,
    cell: ({ topics }) => (
      <Text size="sm" title={topics.join("\n")}>
        {topics.slice(0, SHOWN_TOPICS).join(", ")}
        {topics.length > SHOWN_TOPICS && ` +${topics.length - SHOWN_TOPICS}`}
      </Text>
    ),
  },
];

export function GroupsPage() {
  const query = useQuery(overviewQuery);
  const connectors = query.data?.connectors;
  const history = useHistory({ kind: "lag", by: "name", range: "1h", step: TREND_STEP_SECONDS });
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: GroupFilter) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  const shown = useMemo(
    () =>
      columns(
        new Map(history.data?.lines.map((line) => [line.name, lagOf(line, TREND_STEP_SECONDS)])),
        new Map(connectors?.map(({ name, state }) => [name, state])),
      ),
    [history.data, connectors],
  );
  return (
    <Page title={text.title}>
      <Group align="flex-end">
        <SearchField value={filter.q ?? ""} onChange={(q) => change({ q })} />
        <Select
          aria-label={text.state}
          placeholder={text.anyState}
          clearable
          data={STATES.filter(isFirstOfItsWord).map((state) => ({
            value: state,
            label: text.states[state],
          }))}
          value={filter.state ?? null}
          onChange={(state) => change({ state: (state ?? undefined) as GroupState })}
        />
        <Checkbox
          label={text.onlyLagging}
          checked={filter.lagging ?? false}
          onChange={(event) => change({ lagging: event.currentTarget.checked })}
        />
      </Group>
      <Query query={query}>
        {({ groups }) => (
          <Rows
            label={text.title}
            columns={shown}
            rows={groups.filter((group) => matches(group, filter))}
            rowKey={(group) => group.name}
            empty={
              groups.length === 0 ? (
                <Empty title={text.empty}>{text.emptyCure}</Empty>
              ) : (
                <Empty title={common.nothingFound} />
              )
            }
          />
        )}
      </Query>
    </Page>
  );
}

/** Some states are the same to people. */
function isFirstOfItsWord(state: GroupState, i: number, all: GroupState[]): boolean {
  return all.findIndex((other) => text.states[other] === text.states[state]) === i;
}

/** A connector never joins its group, whose state says nothing then. */
function isIn(group: GroupSummary, state: GroupState): boolean {
  return group.connector === undefined && text.states[group.state] === text.states[state];
}

export function matches(
  group: GroupSummary,
  { q = "", state, lagging = false }: GroupFilter,
): boolean {
  return (
    (group.name.includes(q) || group.topics.some((topic) => topic.includes(q))) &&
    (state === undefined || isIn(group, state)) &&
    (!lagging || group.lag > 0)
  );
}
