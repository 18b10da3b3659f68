import { Badge, Group, Progress, Stack, Text } from "@mantine/core";
import type { TableSnapshot } from "../../api/schema";
import { capture as text } from "../../text/en/capture";
import { inWords, percent } from "./progress";

const COLORS: Record<TableSnapshot["status"], string> = {
  waiting: "gray",
  reading: "blue",
  done: "green",
  failed: "red",
};

/** Each table's snapshot as a bar with words. */
export function SnapshotProgress({ snapshots }: { snapshots: TableSnapshot[] }) {
  if (snapshots.length === 0) {
    return <Text c="dimmed">{text.noSnapshots}</Text>;
  }
  return (
    <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
      {snapshots.map((snapshot) => (
        <li key={snapshot.table}>
          <One snapshot={snapshot} />
        </li>
      ))}
    </Stack>
  );
}

function One({ snapshot }: { snapshot: TableSnapshot }) {
  const value = percent(snapshot);
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600} className="wrap-anywhere">
            {snapshot.table}
          </Text>
          <Badge color="gray" variant="light" tt="none">
            {text.reasons[snapshot.reason]}
          </Badge>
        </Group>
        <Text size="sm">{inWords(snapshot)}</Text>
      </Group>
      <Progress.Root size="md">
        <Progress.Section
          value={value ?? 100}
          color={COLORS[snapshot.status]}
          animated={value === undefined}
          striped={value === undefined}
          aria-label={`${text.progressOf} ${snapshot.table}`}
          aria-valuetext={inWords(snapshot)}
        />
      </Progress.Root>
      {snapshot.note !== undefined && (
        <Text size="sm" c={snapshot.status === "failed" ? "red" : "dimmed"}>
          {snapshot.note}
        </Text>
      )}
    </Stack>
  );
}
