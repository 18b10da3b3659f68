import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import type { Record as TopicRecord } from "../../api/schema";
import { download } from "../../components/download";
import { topic as text } from "../../text/en/topic";

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

/** Records as a file with one JSON object a line. */
function downloadLines(records: TopicRecord[], name: string) {
  const lines = records.map((record) => `${JSON.stringify(record)}\n`);
  download(lines.join(""), name, "application/jsonl");
}
