import { Alert } from "@mantine/core";
import type { Unreadable } from "../../api/schema";
import { topic as text } from "../../text/en/topic";

/** Says which offsets nobody can decode, and which partitions are offline. */
export function UnreadablePlaces({ places }: { places: Unreadable[] }) {
  return places.map(({ partition, offset, nextOffset, message }) => (
    <Alert
      key={`${partition}:${offset}`}
      color="orange"
      title={
        nextOffset === offset
          ? text.unreadablePartition(partition)
          : text.unreadable(offset, nextOffset)
      }
    >
      {message}
    </Alert>
  ));
}
