import { Drawer, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { Record as TopicRecord } from "../../api/schema";
import { count } from "../../components/format";
import { type Column, Rows } from "../../components/Rows";
import { TimeOf } from "../../components/Time";
import { topic as text } from "../../text/en/topic";
import type { Payload } from "./payload";
import { PayloadLine } from "./PayloadLine";
import { RecordDetail } from "./RecordDetail";
import styles from "./RecordTable.module.css";

export const keyOf = (record: TopicRecord): Payload => ({
  content: record.key,
  encoding: record.keyEncoding,
});
export const valueOf = (record: TopicRecord): Payload => ({
  content: record.value,
  encoding: record.encoding,
});
const idOf = ({ partition, offset }: TopicRecord) => `${partition}:${offset}`;

/** Records in lines; one can be looked at as a whole. */
export function RecordTable({ records }: { records: TopicRecord[] }) {
  const [shown, setShown] = useState<TopicRecord | null>(null);
  const columns: Column<TopicRecord>[] = [
    {
      title: text.timestamp,
      cell: (record) => (
        <UnstyledButton
          className={styles["open"] ?? ""}
          aria-label={`${text.show} ${idOf(record)}`}
          onClick={() => setShown(record)}
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
      <Drawer
        opened={shown !== null}
        onClose={() => setShown(null)}
        position="right"
        size="xl"
        title={shown && `${text.partition} ${shown.partition}, ${text.offset} ${shown.offset}`}
      >
        {shown && <RecordDetail record={shown} />}
      </Drawer>
    </>
  );
}
