import { Text } from "@mantine/core";
import type { Partition } from "../../api/schema";
import { count, size } from "../../components/format";
import { type Column, Rows } from "../../components/Rows";
import { topic as text } from "../../text/en/topic";
import { topics } from "../../text/en/topics";

const COLUMNS: Column<Partition>[] = [
  {
    title: text.partition,
    cell: ({ partition, offlineReason }) => (
      <>
        {partition}
        {offlineReason !== undefined && (
          <Text size="sm" c="red">
            {text.offline}: {offlineReason}
          </Text>
        )}
      </>
    ),
  },
  { title: text.startOffset, isNumber: true, cell: ({ startOffset }) => count(startOffset) },
  { title: text.endOffset, isNumber: true, cell: ({ endOffset }) => count(endOffset) },
  {
    title: topics.records,
    isNumber: true,
    cell: ({ startOffset, endOffset }) => count(endOffset - startOffset),
  },
  { title: topics.size, isNumber: true, cell: ({ sizeBytes }) => size(sizeBytes) },
];

export function PartitionTable({ partitions }: { partitions: Partition[] }) {
  return (
    <Rows
      label={text.partitions}
      columns={COLUMNS}
      rows={partitions}
      rowKey={({ partition }) => String(partition)}
      empty={null}
    />
  );
}
