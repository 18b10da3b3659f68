import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { X } from "lucide-react";
import { count, rate, size } from "../../components/format";
import { Empty, Failure } from "../../components/Notice";
import { common } from "../../text/en/common";
import { search as text } from "../../text/en/search";
import { DownloadLines } from "./DownloadLines";
import { type Looking, RecordTable } from "./RecordTable";
import { conditions, type RecordSearch } from "./search";
import { UnreadablePlaces } from "./UnreadablePlaces";
import { type Searching, useSearch } from "./useSearch";

/** Searches as long as it is shown, and shows what is found as it is found. */
export function SearchResults(props: {
  topic: string;
  search: RecordSearch;
  /** The same search is run anew with another one. */
  turn: number;
  onAgain: () => void;
} & Looking) {
  const { topic, search, turn, onAgain, shown, onShow } = props;
  const found = useSearch(topic, conditions(search), turn);
  const { records, unreadable, error, isRunning } = found;
  if (error !== undefined && records.length === 0) {
    return <Failure error={error} onRetry={onAgain} />;
  }
  return (
    <Stack>
      <Course found={found} />
      <UnreadablePlaces places={unreadable} />
      {records.length > 0 || shown !== undefined ? (
        <RecordTable topic={topic} records={records} shown={shown} onShow={onShow} />
      ) : (
        !isRunning && <Empty title={text.nothing} />
      )}
      {error && <Failure error={error} onRetry={onAgain} />}
      <Group>
        {isCancelled(found) && (
          <Button variant="default" onClick={onAgain}>
            {text.again}
          </Button>
        )}
        {found.end !== undefined && found.end.reason !== "end" && (
          <Button variant="default" onClick={found.more}>
            {text.more}
          </Button>
        )}
        {records.length > 0 && !isRunning && (
          <DownloadLines topic={topic} records={records} />
        )}
      </Group>
    </Stack>
  );
}

const isCancelled = ({ isRunning, end, error }: Searching) =>
  !isRunning && end === undefined && error === undefined;

/** How far it is, and how it can be stopped. */
function Course({ found }: { found: Searching }) {
  const { progress, records, isRunning, end, error } = found;
  const percent = (progress?.fraction ?? 0) * 100;
  return (
    <Stack gap="xs">
      <Group wrap="nowrap">
        <Progress.Root size="lg" flex={1}>
          <Progress.Section value={percent} animated={isRunning} aria-label={text.progress} />
        </Progress.Root>
        {isRunning && (
          <Button
            size="xs"
            variant="default"
            leftSection={<X size={16} />}
            onClick={found.cancel}
          >
            {text.cancel}
          </Button>
        )}
      </Group>
      <Group gap="md" role="status">
        <Text size="sm" fw={600}>
          {text.found(count(records.length))}
        </Text>
        {progress && (
          <Text size="sm" c="dimmed">
            {text.scanned(
              common.records(progress.scanned),
              size(progress.bytes),
              rate(progress.recordsPerSecond),
            )}
          </Text>
        )}
        {isCancelled(found) && <Text size="sm">{text.cancelled}</Text>}
        {!isRunning && error === undefined && end !== undefined && (
          <Text size="sm">{text.ends[end.reason]}</Text>
        )}
      </Group>
      {progress !== undefined && progress.notEvaluated > 0 && (
        <Text size="sm">{text.notEvaluated(common.records(progress.notEvaluated))}</Text>
      )}
    </Stack>
  );
}
