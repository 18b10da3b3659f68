import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Record as TopicRecord } from "../../api/schema";
import { Query } from "../../components/Query";
import { topic as text } from "../../text/en/topic";
import { recordQuery } from "./queries";
import { RecordDetail } from "./RecordDetail";

/** One record as a whole, by its place, whether it is among those that are listed or not. */
export function RecordDrawer(props: {
  topic: string;
  /** Partition and offset, as the address has them. */
  place: string | undefined;
  /** The record that is there, if it is known. */
  known: TopicRecord | undefined;
  onClose: () => void;
}) {
  const { topic, place, known, onClose } = props;
  const [partition, offset] = place?.split(":").map(Number) ?? [];
  return (
    <Drawer
      opened={place !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title={place !== undefined && `${text.partition} ${partition}, ${text.offset} ${offset}`}
    >
      {partition !== undefined && offset !== undefined && (
        <Stored key={`${topic}/${place}`} {...{ topic, partition, offset, known }} />
      )}
    </Drawer>
  );
}

function Stored(props: {
  topic: string;
  partition: number;
  offset: number;
  known: TopicRecord | undefined;
}) {
  const { topic, partition, offset } = props;
  // A list that goes on lets go of it while it is read.
  const [known, keep] = useState(props.known);
  if (known === undefined && props.known !== undefined) {
    keep(props.known);
  }
  const asText = useQuery(recordQuery(topic, partition, offset, "text"));
  const found = useQuery({
    ...recordQuery(topic, partition, offset, "json"),
    enabled: known === undefined,
  });
  return known === undefined ? (
    <Query query={found}>{(record) => <RecordDetail record={record} stored={asText} />}</Query>
  ) : (
    <RecordDetail record={known} stored={asText} />
  );
}
