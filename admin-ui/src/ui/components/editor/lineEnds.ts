/** What ends the lines of a text; undefined if it has one line, or not all end alike. */
export function lineEndOf(text: string): "\n" | "\r\n" | "\r" | undefined {
  const [first, ...others] = endsOf(text);
  return others.length === 0 ? first : undefined;
}

/** Whether some lines of a text end otherwise than others. */
export function isMixed(text: string): boolean {
  return endsOf(text).size > 1;
}

function endsOf(text: string) {
  return new Set(text.match(/\r\n|\r|\n/g) as ("\n" | "\r\n" | "\r")[] | null);
}

/** The text as the editor has it, whose lines end with LF. */
export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** The editor's text as it is to be written. */
export function withLineEnds(text: string, lineEnd: string): string {
  return lineEnd === "\n" ? text : text.replaceAll("\n", lineEnd);
}
