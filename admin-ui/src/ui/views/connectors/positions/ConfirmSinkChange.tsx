import { Button, ScrollArea, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ConfirmByName } from "../../../components/ConfirmByName";
import { count } from "../../../components/format";
import { positions as text } from "../../../text/en/positions";
import { alterOffsets } from "./offsets";
import { nameOf, type SinkChange, toOffsets } from "./sinkPositions";

/** Says what is repeated and what is skipped before positions are changed. */
export function ConfirmSinkChange(props: {
  connector: string;
  changed: SinkChange[];
  onChanged: () => Promise<void>;
}) {
  const { connector, changed, onChanged } = props;
  const [isOpen, { open, close }] = useDisclosure();
  const sum = (of: (change: SinkChange) => number) =>
    count(changed.reduce((all, change) => all + of(change), 0));
  return (
    <>
      <Button disabled={changed.length === 0} onClick={open}>
        {text.change}
      </Button>
      <ConfirmByName
        opened={isOpen}
        onClose={close}
        title={text.changeTitle}
        name={connector}
        action={text.changeAction}
        run={async () => {
          await alterOffsets(connector, toOffsets(changed));
          await onChanged();
        }}
      >
        <ScrollArea.Autosize mah={280} tabIndex={0}>
          <Table aria-label={text.changeTitle}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text.partition}</Table.Th>
                <Table.Th className="number">{text.from}</Table.Th>
                <Table.Th className="number">{text.to}</Table.Th>
                <Table.Th>{text.effect}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changed.map((change) => (
                <Table.Tr key={nameOf(change.position)}>
                  <Table.Td className="wrap-anywhere">{nameOf(change.position)}</Table.Td>
                  <Table.Td className="number">
                    {change.position.stored === undefined ? text.none_ : count(change.position.stored)}
                  </Table.Td>
                  <Table.Td className="number">{count(change.to)}</Table.Td>
                  <Table.Td>{effectOf(change)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
        <Text fw={600}>
          {text.total(sum(({ repeated }) => repeated), sum(({ skipped }) => skipped))}
        </Text>
      </ConfirmByName>
    </>
  );
}

/** In words. */
export function effectOf({ repeated, skipped }: SinkChange): string {
  if (repeated > 0) {
    return text.repeats(count(repeated));
  }
  return skipped > 0 ? text.skips(count(skipped)) : text.unchanged;
}
