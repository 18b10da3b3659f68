import { jsonLanguage } from "@codemirror/lang-json";

/** Where a text ceases to be JSON, as the editor reads it; undefined if it sees nothing wrong. */
export function jsonMistakeAt(text: string): number | undefined {
  let first: number | undefined;
  jsonLanguage.parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) {
        first ??= from;
      }
      return first === undefined;
    },
  });
  return first;
}
