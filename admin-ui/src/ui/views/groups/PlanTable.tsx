import { ScrollArea, Stack, Table, Text } from "@mantine/core";
import type { OffsetChange, OffsetPlan } from "../../api/schema";
import { count } from "../../components/format";
import { common } from "../../text/en/common";
import { group as text } from "../../text/en/groups";

const MAX_HEIGHT = 280;

/** What a reset would change: of each partition from where to where, and what that means. */
export function PlanTable({ plan }: { plan: OffsetPlan }) {
  if (plan.changes.length === 0) {
    return (
      <Text>
        {plan.unchanged === 0
          ? text.noPositions
          : `${text.nothingChanges} ${text.unchanged(common.partitions(plan.unchanged))}`}
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <Text fw={600}>
        {plan.again > 0 && `${text.again(count(plan.again))} `}
        {plan.skipped > 0 && `${text.skipped(count(plan.skipped))} `}
        {plan.unchanged > 0 && text.unchanged(common.partitions(plan.unchanged))}
      </Text>
      <ScrollArea.Autosize mah={MAX_HEIGHT} viewportProps={{ tabIndex: 0 }}>
        <Table stickyHeader aria-label={text.preview}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{text.topic}</Table.Th>
              <Table.Th scope="col" className="number">
                {text.partition}
              </Table.Th>
              <Table.Th scope="col" className="number">
                {text.from}
              </Table.Th>
              <Table.Th scope="col" className="number">
                {text.toColumn}
              </Table.Th>
              <Table.Th scope="col">{text.effect}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {plan.changes.map((change) => (
              <Table.Tr key={`${change.topic}-${change.partition}`}>
                <Table.Td className="wrap-anywhere">{change.topic}</Table.Td>
                <Table.Td className="number">{change.partition}</Table.Td>
                <Table.Td className="number">
                  {change.from === undefined ? text.none : count(change.from)}
                </Table.Td>
                <Table.Td className="number">{count(change.to)}</Table.Td>
                <Table.Td>{effect(change)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Stack>
  );
}

function effect({ from, again, skipped, clamped }: OffsetChange): string {
  const parts = [
    ...(from === undefined ? [text.begins] : []),
    ...(again > 0 ? [text.readAgain(count(again))] : []),
    ...(skipped > 0 ? [text.leftOut(count(skipped))] : []),
    ...(clamped ? [text.clamped] : []),
  ];
  return parts.join(", ");
}
