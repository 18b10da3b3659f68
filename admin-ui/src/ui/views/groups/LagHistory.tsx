import { Button, Group as Row, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { type Line, type Part, partOf, type Range, useHistory } from "../../api/history";
import type { Group } from "../../api/schema";
import { count } from "../../components/format";
import { Query } from "../../components/Query";
import { RangeControl } from "../../components/RangeControl";
import { TimeOf } from "../../components/Time";
import { type ChartData, type ChartLine, TimeChart } from "../../components/TimeChart";
import { chart } from "../../text/en/chart";
import { group as text } from "../../text/en/groups";
import { PartControl } from "./PartControl";
import { groupSearch } from "./search";

const route = getRouteApi("/ui/groups/$group");

/** So often the gateway takes a sample. */
const SAMPLE_SECONDS = 10;

/** More lines than this are a tangle. */
const MAX_LINES = 20;

/** How many records waited for the group over time. */
export function LagHistory({ group }: { group: Group }) {
  const { range = "1h", from, to, by, topic } = route.useSearch();
  const part = partOf(from, to);
  const navigate = route.useNavigate();
  const change = (
    next: {
      range?: Range | undefined;
      from?: number | undefined;
      to?: number | undefined;
      by?: "topic" | "partition" | undefined;
      topic?: string | undefined;
    },
    replace = true,
  ) =>
    void navigate({
      search: (old) => groupSearch({ ...old, ...next }),
      replace,
      resetScroll: false,
    });
  // What was looked at before can be gone back to.
  const look = ({ from, to }: Partial<Part>) => change({ from, to }, false);
  const history = useHistory({
    kind: "lag",
    name: group.name,
    by: by ?? "total",
    range,
    part,
    ...(topic === undefined ? {} : { topic }),
  });
  const data = useMemo(
    (): ChartData => ({
      times: history.data?.times ?? [],
      lines: busiest(history.data?.lines ?? []).map((line) => ({
        name: nameOf(line),
        ...lagOf(line, history.data?.stepSeconds ?? 0),
      })),
    }),
    [history.data],
  );
  const left = (history.data?.omitted ?? 0) + (history.data?.lines.length ?? 0) - data.lines.length;
  return (
    <Stack gap="sm">
      <Row>
        <RangeControl
          value={range}
          onChange={(next) =>
            change({ range: next === "1h" ? undefined : next, from: undefined, to: undefined })
          }
        />
        <SegmentedControl
          size="xs"
          aria-label={text.by}
          data={[
            { value: "total", label: text.bys.total },
            { value: "topic", label: text.bys.topic },
            { value: "partition", label: text.bys.partition },
          ]}
          value={by ?? "total"}
          onChange={(next) =>
            change({ by: next === "topic" || next === "partition" ? next : undefined })
          }
        />
        {group.topics.length > 1 && (
          <Select
            size="xs"
            aria-label={text.topicFilter}
            placeholder={text.allTopics}
            clearable
            searchable
            limit={50}
            data={group.topics}
            value={topic ?? null}
            onChange={(next) => change({ topic: next ?? undefined })}
          />
        )}
      </Row>
      <Query query={history}>
        {() => (
          <TimeChart
            label={text.history}
            data={data}
            format={count}
            onZoom={(from, to) => look({ from, to })}
          />
        )}
      </Query>
      <Row gap="sm">
        <PartControl range={range} part={part} onChange={look} />
        {part !== undefined && (
          <>
            <Button size="compact-sm" variant="default" onClick={() => look({})}>
              {chart.zoomOut}
            </Button>
            <Text size="sm">
              {chart.zoomedFrom} <TimeOf millis={part.from} /> {chart.zoomedTo}{" "}
              <TimeOf millis={part.to} />
            </Text>
          </>
        )}
      </Row>
      {left > 0 && (
        <Text size="sm" c="dimmed">
          {chart.more(count(left))}
        </Text>
      )}
    </Stack>
  );
}

function nameOf({ topic, partition }: Line): string {
  if (topic === undefined) {
    return text.lag;
  }
  return partition === undefined ? topic : `${topic}-${partition}`;
}

/** A peak between two points is drawn, too, where points are further apart than samples. */
export function lagOf({ values, max }: Line, stepSeconds: number): Omit<ChartLine, "name"> {
  return stepSeconds > SAMPLE_SECONDS && max.length === values.length
    ? { values, highs: max }
    : { values };
}

/** Those that were highest, in the order that they came in. */
export function busiest(lines: Line[]): Line[] {
  if (lines.length <= MAX_LINES) {
    return lines;
  }
  const high = (line: Line) => line.max.reduce((a: number, b) => Math.max(a, b ?? 0), 0);
  const chosen = new Set(lines.toSorted((a, b) => high(b) - high(a)).slice(0, MAX_LINES));
  return lines.filter((line) => chosen.has(line));
}
