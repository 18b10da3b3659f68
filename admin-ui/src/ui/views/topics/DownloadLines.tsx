import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import type { Record as TopicRecord } from "../../api/schema";
import { topic as text } from "../../text/en/topic";
import { downloadLines } from "./download";

/** Hands over what is shown as a file, one record a line. */
export function DownloadLines({ topic, records }: { topic: string; records: TopicRecord[] }) {
  return (
    <Button
      variant="default"
      leftSection={<Download size={16} />}
      onClick={() => downloadLines(records, `${topic}.jsonl`)}
    >
      {text.downloadShown}
    </Button>
  );
}
