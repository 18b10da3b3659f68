import type { TableSnapshot } from "../../api/schema";
import { count } from "../../components/format";
import { capture as text } from "../../text/en/capture";

/**
 * How much of a table has been read, in percent; undefined if nobody knows how much there is. An
 * estimate may be too low: all is read only when the gateway says so.
 */
export function percent({ status, rows, estimatedRows }: TableSnapshot): number | undefined {
  if (status === "done") {
    return 100;
  }
  if (estimatedRows === undefined || estimatedRows <= 0) {
    return rows === 0 ? 0 : undefined;
  }
  return Math.min(99, Math.floor((100 * rows) / estimatedRows));
}

/** 1,200 of about 5,000 rows, being read */
export function inWords({ status, rows, estimatedRows }: TableSnapshot): string {
  const known =
    status === "done" || estimatedRows === undefined
      ? ""
      : ` ${text.ofAbout} ${count(Math.max(estimatedRows, rows))}`;
  return `${count(rows)}${known} ${text.rows}, ${text.statuses[status]}`;
}
