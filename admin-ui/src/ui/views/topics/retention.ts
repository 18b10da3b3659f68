import type { TopicSummary } from "../../api/schema";
import { topics as text } from "../../text/en/topics";

/** How long a topic keeps its records, in a few words. */
export function retentionOf({ retention, compacted }: TopicSummary): string {
  const { time, size, consumed } = retention;
  const limits = [
    compacted && text.compacted,
    time,
    size,
    consumed !== undefined && consumed !== false && text.consumed,
  ];
  return limits.filter(Boolean).join(", ") || text.forever;
}
