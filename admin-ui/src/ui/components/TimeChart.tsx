import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { ChartLine as ChartIcon, Table2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { chart as text } from "../text/en/chart";
import { type ChartData, drawn, type Format, isEmpty, localTime, summary } from "./chart/lines";
import { type Column, Rows } from "./Rows";
import { Time } from "./Time";

export type { ChartData, ChartLine } from "./chart/lines";

const Plot = lazy(() => import("./chart/Plot"));

const USUAL_HEIGHT = 260;

/** Who has no mouse can't drag across a part: a touch scrolls the page. */
const CAN_DRAG = "(hover: hover) and (pointer: fine)";

/**
 * Values over time. Gaps are drawn as gaps; times are those of the viewer's zone, with UTC beside
 * them at the pointer. Who does not see it has a summary in words, and all values as a table. Its
 * code is loaded when the first one is shown.
 */
export function TimeChart({
  label,
  data,
  format,
  height = USUAL_HEIGHT,
  onZoom,
}: {
  /** What it shows. */
  label: string;
  data: ChartData;
  /** Writes a value with its unit; must stay the same function from one time to the next. */
  format: Format;
  height?: number;
  /** Shows a part more closely; in milliseconds since the epoch. */
  onZoom?: ((from: number, to: number) => void) | undefined;
}) {
  const [isTable, setTable] = useState(false);
  const canDrag = useMediaQuery(CAN_DRAG, false, { getInitialValueInEffect: false });
  if (data.lines.every(isEmpty)) {
    return <Text c="dimmed">{text.nothing}</Text>;
  }
  return (
    <Stack gap="xs" component="figure" m={0} aria-label={label}>
      {isTable ? (
        <ValueTable label={label} data={data} format={format} />
      ) : (
        <div role="img" aria-label={`${label}. ${summary(data, format, localTime)}`}>
          <Suspense fallback={<Skeleton height={height} />}>
            <Plot data={data} format={format} height={height} onZoom={onZoom} />
          </Suspense>
        </div>
      )}
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={isTable ? <ChartIcon size={16} /> : <Table2 size={16} />}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? text.asChart : text.asTable}
        </Button>
        {data.lines.some(({ highs }) => highs !== undefined) && (
          <Text size="sm" c="dimmed">
            {text.highs}
          </Text>
        )}
        {onZoom !== undefined && canDrag && !isTable && (
          <Text size="sm" c="dimmed">
            {text.zoomHelp}
          </Text>
        )}
      </Group>
    </Stack>
  );
}

function ValueTable({ label, data, format }: { label: string; data: ChartData; format: Format }) {
  const columns: Column<number>[] = [
    {
      title: text.time,
      cell: (row) => <Time at={new Date(data.times[row] ?? 0).toISOString()} />,
    },
    ...data.lines.map((line, i): Column<number> => ({
      title: line.name === "" ? String(i + 1) : line.name,
      isNumber: true,
      cell: (row) => {
        const value = drawn(line)[row] ?? null;
        return value === null ? text.unknown : format(value);
      },
    })),
  ];
  // The newest first.
  const rows = data.times.map((_, i) => data.times.length - 1 - i);
  return (
    <Rows label={label} columns={columns} rows={rows} rowKey={String} empty={text.nothing} />
  );
}
