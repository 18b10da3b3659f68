import { Button, Group, NumberInput, Text } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { topicQuery } from "../../../api/queries";
import type { Connector, ConnectOffsets } from "../../../api/schema";
import { count } from "../../../components/format";
import { Empty } from "../../../components/Notice";
import { type Column, Rows } from "../../../components/Rows";
import { positions as text } from "../../../text/en/positions";
import { ConfirmSinkChange, effectOf } from "./ConfirmSinkChange";
import { ShiftAll } from "./ShiftAll";
import { changeOf, changes, current, nameOf, type SinkPosition, shifted, sinkPositions } from "./sinkPositions";

/** Where a sink or rule is in each of its partitions. */
export function SinkPositions(props: {
  connector: Connector;
  offsets: ConnectOffsets;
  canChange: boolean;
  onChanged: () => Promise<void>;
}) {
  const { connector, offsets, canChange, onChanged } = props;
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(new Map());
  // A topic that is not there yet has no partitions.
  const topics = useQueries({ queries: connector.reads.map((topic) => topicQuery(topic)) });
  const rows = sinkPositions(
    offsets,
    topics.flatMap(({ data }) => data ?? []),
  );
  const want = (name: string, offset: number | undefined) => {
    const next = new Map(wanted);
    if (offset === undefined) {
      next.delete(name);
    } else {
      next.set(name, offset);
    }
    setWanted(next);
  };
  const changed = changes(rows, wanted);
  return (
    <>
      {canChange && rows.length > 0 && <ShiftAll onShift={(shift) => setWanted(shifted(rows, shift))} />}
      <Rows
        label={text.position}
        columns={canChange ? [...COLUMNS, ...changing(wanted, want)] : COLUMNS}
        rows={rows}
        rowKey={nameOf}
        empty={<Empty title={text.none}>{text.noneCure}</Empty>}
      />
      {canChange && wanted.size > 0 && (
        <Group>
          <ConfirmSinkChange
            connector={connector.name}
            changed={changed}
            onChanged={async () => {
              setWanted(new Map());
              await onChanged();
            }}
          />
          <Button variant="default" onClick={() => setWanted(new Map())}>
            {text.undo}
          </Button>
        </Group>
      )}
    </>
  );
}

const COLUMNS: Column<SinkPosition>[] = [
  { title: text.topic, cell: ({ topic }) => topic },
  { title: text.partition, isNumber: true, cell: ({ partition }) => partition },
  { title: text.first, isNumber: true, cell: ({ held }) => (held ? count(held.first) : "–") },
  {
    title: text.position,
    isNumber: true,
    cell: ({ stored }) => (stored === undefined ? text.none_ : count(stored)),
  },
  { title: text.end, isNumber: true, cell: ({ held }) => (held ? count(held.end) : "–") },
  {
    title: text.waiting,
    isNumber: true,
    cell: (position) => (position.held ? count(position.held.end - current(position)) : "–"),
  },
];

function changing(
  wanted: ReadonlyMap<string, number>,
  want: (name: string, offset: number | undefined) => void,
): Column<SinkPosition>[] {
  return [
    {
      title: text.wanted,
      cell: (position) => (
        <NumberInput
          aria-label={text.wantedOf(nameOf(position))}
          placeholder={position.stored === undefined ? "" : String(position.stored)}
          value={wanted.get(nameOf(position)) ?? ""}
          min={0}
          allowDecimal={false}
          size="xs"
          miw={110}
          onChange={(value) => want(nameOf(position), value === "" ? undefined : Number(value))}
        />
      ),
    },
    {
      title: text.effect,
      cell: (position) => <Effect position={position} to={wanted.get(nameOf(position))} />,
    },
  ];
}

function Effect({ position, to }: { position: SinkPosition; to: number | undefined }) {
  if (to === undefined) {
    return null;
  }
  const isOutside =
    position.held !== undefined && (to < position.held.first || to > position.held.end);
  return (
    <Text size="sm">
      {effectOf(changeOf(position, to))}
      {isOutside && `; ${text.outside}`}
    </Text>
  );
}
