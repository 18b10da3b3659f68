import type { Preview } from "../../api/schema";
import { count } from "../../components/format";
import { draft as text } from "../../text/en/draft";

/** Why a preview ended, and what transforms left out. */
export function endInWords({ end, dropped }: Pick<Preview, "end" | "dropped">): string {
  return dropped === 0 ? text.ends[end] : `${text.ends[end]} ${count(dropped)} ${text.dropped}.`;
}
