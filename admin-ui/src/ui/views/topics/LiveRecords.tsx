import { Alert, Button, Group, Text } from "@mantine/core";
import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { count } from "../../components/format";
import { Failure } from "../../components/Notice";
import { topic as text } from "../../text/en/topic";
import { DownloadLines } from "./DownloadLines";
import { type Looking, RecordTable } from "./RecordTable";
import { UnreadablePlaces } from "./UnreadablePlaces";
import { useLiveRecords } from "./useLiveRecords";

/** Records as they come, the newest first. */
export function LiveRecords(
  props: { topic: string; partition: number | undefined } & Looking,
) {
  const { topic, partition, shown, onShow } = props;
  const [isPaused, setPaused] = useState(false);
  const live = useLiveRecords(topic, partition, isPaused);
  const { records, unreadable, dropped, isOpen, isLost, error } = live;
  return (
    <>
      <Group>
        <Button
          variant="default"
          leftSection={isPaused ? <Play size={16} /> : <Pause size={16} />}
          onClick={() => setPaused(!isPaused)}
        >
          {isPaused ? text.resume : text.pause}
        </Button>
        {records.length > 0 && <DownloadLines topic={topic} records={records} />}
        {isOpen && records.length === 0 && <Text c="dimmed">{text.waiting}</Text>}
        {dropped > 0 && <Text c="dimmed">{text.dropped(count(dropped))}</Text>}
      </Group>
      {error && <Failure error={error} onRetry={live.again} />}
      {isLost && !isPaused && <Alert color="orange">{text.streamLost}</Alert>}
      <UnreadablePlaces places={unreadable} />
      {(records.length > 0 || shown !== undefined) && (
        <RecordTable topic={topic} records={records} shown={shown} onShow={onShow} />
      )}
    </>
  );
}
