import { Button, NumberInput, ScrollArea, Table, Text } from "@mantine/core";
import { useState } from "react";
import { path, send } from "../../api/client";
import type { Partition, Topic } from "../../api/schema";
import { ConfirmByName } from "../../components/ConfirmByName";
import { count } from "../../components/format";
import { common } from "../../text/en/common";
import { topic as text } from "../../text/en/topic";
import { lookAgain, useFreshTopic } from "./queries";

/** By partition, the offset before which all goes; the others stay as they are. */
type Before = Record<number, number>;

/** Asks up to where records shall go, says how many that are, and deletes them. */
export function DeleteRecords(props: { topic: Topic; opened: boolean; onClose: () => void }) {
  const { opened, onClose } = props;
  const { topic, isFresh } = useFreshTopic(props.topic, opened);
  const [before, setBefore] = useState<Before>({});
  const partitions = topic.partitionDetails.filter((one) => one.offlineReason === undefined);
  const total = partitions.reduce((sum, one) => sum + goes(one, before), 0);
  const close = () => {
    setBefore({});
    onClose();
  };
  const remove = async () => {
    const pairs = partitions
      .filter((one) => goes(one, before) > 0)
      .map(({ partition }) => `${partition}:${before[partition]}`);
    const wanted = new URLSearchParams({ before: pairs.join(",") });
    await send("DELETE", `${path`/api/v1/topics/${topic.name}/records`}?${wanted}`);
    await lookAgain(topic.name);
  };
  return (
    <ConfirmByName
      opened={opened}
      onClose={close}
      title={text.deleteRecords}
      name={topic.name}
      action={text.deleteRecords}
      isReady={isFresh && total > 0}
      run={remove}
    >
      <Text size="sm">{text.deleteRecordsHelp}</Text>
      <Button
        size="xs"
        variant="default"
        disabled={!isFresh}
        onClick={() =>
          setBefore(Object.fromEntries(partitions.map((p) => [p.partition, p.endOffset])))
        }
      >
        {text.deleteAll}
      </Button>
      <ScrollArea.Autosize mah={320}>
        <Table aria-label={text.partitions}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{text.partition}</Table.Th>
              <Table.Th scope="col">{text.deleteBefore}</Table.Th>
              <Table.Th scope="col" className="number">
                {text.deleteCount}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {partitions.map((one) => (
              <Table.Tr key={one.partition}>
                <Table.Th scope="row">{one.partition}</Table.Th>
                <Table.Td>
                  <NumberInput
                    aria-label={`${text.deleteBefore} ${text.partition} ${one.partition}`}
                    size="xs"
                    allowDecimal={false}
                    min={one.startOffset}
                    max={one.endOffset}
                    placeholder={String(one.startOffset)}
                    value={before[one.partition] ?? ""}
                    onChange={(value) => setBefore((old) => moved(old, one.partition, value))}
                  />
                </Table.Td>
                <Table.Td className="number">
                  {text.deleteOf(count(goes(one, before)), count(one.endOffset - one.startOffset))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <Text fw={600} role="status">
        {text.deleteTotal(common.records(total))}
      </Text>
    </ConfirmByName>
  );
}

function moved(old: Before, partition: number, value: string | number): Before {
  const { [partition]: _, ...others } = old;
  return typeof value === "number" ? { ...others, [partition]: value } : others;
}

/** How many of a partition's offsets go. */
function goes({ partition, startOffset, endOffset }: Partition, before: Before): number {
  const wanted = before[partition] ?? startOffset;
  return Math.max(0, Math.min(wanted, endOffset) - startOffset);
}
