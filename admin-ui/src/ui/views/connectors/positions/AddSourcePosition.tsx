import { Button, Group, JsonInput, Paper, Stack } from "@mantine/core";
import { useState } from "react";
import { positions as text } from "../../../text/en/positions";
import { objectOf, type SourceChange } from "./sourcePositions";

/** For a part of the source that has no position yet. */
export function AddSourcePosition({ onAdd }: { onAdd: (change: SourceChange) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [partition, setPartition] = useState("");
  const [offset, setOffset] = useState("");
  const parsedPartition = objectOf(partition);
  const parsedOffset = objectOf(offset);
  if (!isOpen) {
    return (
      <div>
        <Button variant="default" size="xs" onClick={() => setOpen(true)}>
          {text.add}
        </Button>
      </div>
    );
  }
  const add = () => {
    if (parsedPartition !== undefined && parsedOffset !== undefined) {
      onAdd({ partition: parsedPartition, from: undefined, to: parsedOffset });
      setOpen(false);
      setPartition("");
      setOffset("");
    }
  };
  const wrong = (written: string, parsed: unknown) =>
    written !== "" && parsed === undefined && text.notObject;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <JsonInput
          label={text.addPartition}
          value={partition}
          onChange={setPartition}
          error={wrong(partition, parsedPartition)}
          autosize
          data-autofocus
        />
        <JsonInput
          label={text.addOffset}
          value={offset}
          onChange={setOffset}
          error={wrong(offset, parsedOffset)}
          autosize
        />
        <Group gap="xs">
          <Button
            size="xs"
            onClick={add}
            disabled={parsedPartition === undefined || parsedOffset === undefined}
          >
            {text.add}
          </Button>
          <Button size="xs" variant="default" onClick={() => setOpen(false)}>
            {text.cancel}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
