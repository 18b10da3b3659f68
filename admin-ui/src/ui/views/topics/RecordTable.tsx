import { UnstyledButton } from "@mantine/core";
import type { Record as TopicRecord } from "../../api/schema";
import { count } from "../../components/format";
import { type Column, Rows } from "../../components/Rows";
import { TimeOf } from "../../components/Time";
import { topic as text } from "../../text/en/topic";
import type { Payload } from "./payload";
import { PayloadLine } from "./PayloadLine";
import { RecordDrawer } from "./RecordDrawer";
import styles from "./RecordTable.module.css";

export const keyOf = (record: Pick<TopicRecord, "key" | "keyEncoding">): Payload => ({
  content: record.key,
  encoding: record.keyEncoding,
});
export const valueOf = (record: Pick<TopicRecord, "value" | "encoding">): Payload => ({
  content: record.value,
  encoding: record.encoding,
});
const idOf = ({ partition, offset }: TopicRecord) => `${partition}:${offset}`;

/** The record that is looked at as a whole, and how to look at another. */
export interface Looking {
  /** Its partition and offset. */
  shown: string | undefined;
  onShow: (record: string | undefined) => void;
}

/** Records in lines; one can be looked at as a whole. */
export function RecordTable(props: { topic: string; records: TopicRecord[] } & Looking) {
  const { topic, records, shown, onShow } = props;
  const columns: Column<TopicRecord>[] = [
    {
      title: text.timestamp,
      cell: (record) => (
        <UnstyledButton
          className={styles["open"] ?? ""}
          aria-label={`${text.show} ${idOf(record)}`}
          onClick={() => onShow(idOf(record))}
        >
          <TimeOf millis={record.timestamp} />
        </UnstyledButton>
      ),
    },
    { title: text.partition, isNumber: true, isDetail: true, cell: ({ partition }) => partition },
    { title: text.offset, isNumber: true, isDetail: true, cell: ({ offset }) => count(offset) },
    { title: text.key, cell: (record) => <PayloadLine {...keyOf(record)} none={text.none} /> },
    {
      title: text.value,
      cell: (record) => <PayloadLine {...valueOf(record)} none={text.tombstone} />,
    },
  ];
  return (
    <>
      <Rows label={text.records} columns={columns} rows={records} rowKey={idOf} empty={null} />
      <RecordDrawer
        topic={topic}
        place={shown}
        known={records.find((record) => idOf(record) === shown)}
        onClose={() => onShow(undefined)}
      />
    </>
  );
}
