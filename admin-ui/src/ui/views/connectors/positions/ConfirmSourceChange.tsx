import { Button, Code, ScrollArea, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ConfirmByName } from "../../../components/ConfirmByName";
import { positions as text } from "../../../text/en/positions";
import { alterOffsets } from "./offsets";
import { canonical, type SourceChange, toOffsets } from "./sourcePositions";

/** Shows each position as it is and as it is to be, before they are changed. */
export function ConfirmSourceChange(props: {
  connector: string;
  changed: SourceChange[];
  onChanged: () => Promise<void>;
}) {
  const { connector, changed, onChanged } = props;
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button onClick={open}>{text.change}</Button>
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
          <Stack>
            {changed.map((change) => (
              <Change key={canonical(change.partition)} change={change} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        <Text size="sm">{text.sourceHelp}</Text>
      </ConfirmByName>
    </>
  );
}

function Change({ change: { partition, from, to } }: { change: SourceChange }) {
  return (
    <div>
      <Code className="wrap-anywhere">{canonical(partition)}</Code>
      <Text size="sm" className="wrap-anywhere">
        {text.from}: {from === undefined ? text.none_ : canonical(from)}
      </Text>
      <Text size="sm" className="wrap-anywhere">
        {to === null ? text.forgotten : `${text.to}: ${canonical(to)}`}
      </Text>
    </div>
  );
}
