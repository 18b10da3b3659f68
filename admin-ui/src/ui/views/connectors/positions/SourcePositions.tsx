import { Button, Code, Group, JsonInput, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Connector, ConnectOffsets } from "../../../api/schema";
import { Empty } from "../../../components/Notice";
import { positions as text } from "../../../text/en/positions";
import { AddSourcePosition } from "./AddSourcePosition";
import { ConfirmSourceChange } from "./ConfirmSourceChange";
import { canonical, type Draft, objectOf, type SourceChange, sourceChanges } from "./sourcePositions";

const NO_DRAFTS: ReadonlyMap<string, Draft> = new Map();

/** Where a source is in each of its parts, in its own words. */
export function SourcePositions(props: {
  connector: Connector;
  offsets: ConnectOffsets;
  canChange: boolean;
  onChanged: () => Promise<void>;
}) {
  const { connector, offsets, canChange, onChanged } = props;
  const [drafts, setDrafts] = useState(NO_DRAFTS);
  const [added, setAdded] = useState<SourceChange[]>([]);
  const entries = offsets.offsets ?? [];
  const changed = [...sourceChanges(offsets, drafts), ...added];
  const forgetDrafts = () => {
    setDrafts(NO_DRAFTS);
    setAdded([]);
  };
  const write = (key: string, draft: Draft | undefined) => {
    const next = new Map(drafts);
    if (draft === undefined) {
      next.delete(key);
    } else {
      next.set(key, draft);
    }
    setDrafts(next);
  };
  return (
    <Stack>
      {entries.length === 0 && <Empty title={text.none}>{text.noneCure}</Empty>}
      {canChange && <Text size="sm">{text.sourceHelp}</Text>}
      {entries.map(({ partition, offset }) => {
        const key = canonical(partition);
        return (
          <Entry
            key={key}
            name={key}
            offset={offset}
            draft={drafts.get(key)}
            canChange={canChange}
            onWrite={(draft) => write(key, draft)}
          />
        );
      })}
      {canChange && <AddSourcePosition onAdd={(change) => setAdded([...added, change])} />}
      {canChange && changed.length > 0 && (
        <Group>
          <ConfirmSourceChange
            connector={connector.name}
            changed={changed}
            onChanged={async () => {
              forgetDrafts();
              await onChanged();
            }}
          />
          <Button variant="default" onClick={forgetDrafts}>
            {text.undo}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Entry(props: {
  name: string;
  offset: Record<string, unknown> | undefined;
  draft: Draft | undefined;
  canChange: boolean;
  onWrite: (draft: Draft | undefined) => void;
}) {
  const { name, offset, draft, canChange, onWrite } = props;
  const stored = JSON.stringify(offset ?? {}, null, 2);
  const isForgotten = draft === "forget";
  const written = draft === undefined || isForgotten ? stored : draft.text;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <div>
          <Text size="xs" c="dimmed">
            {text.sourcePartition}
          </Text>
          <Code className="wrap-anywhere">{name}</Code>
        </div>
        <JsonInput
          label={text.sourceOffset}
          aria-label={text.sourceOffsetOf(name)}
          value={written}
          readOnly={!canChange}
          disabled={isForgotten}
          autosize
          minRows={2}
          maxRows={16}
          spellCheck={false}
          error={objectOf(written) === undefined && text.notObject}
          onChange={(next) => onWrite(next === stored ? undefined : { text: next })}
        />
        {canChange && (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              onClick={() => onWrite(isForgotten ? undefined : "forget")}
            >
              {isForgotten ? text.keep : text.forget}
            </Button>
            {isForgotten && <Text size="sm">{text.forgotten}</Text>}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
