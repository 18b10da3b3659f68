import { autocompletion } from "@codemirror/autocomplete";
import { indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { indentUnit } from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { unifiedMergeView } from "@codemirror/merge";
import { Annotation, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { styleNonce } from "../../app/nonce";
import { hovering } from "./hover";
import { look } from "./look";
import type { EditorProps, Language } from "./types";

/** Marks changes that come from outside: nobody is told of them. */
export const fromOutside = Annotation.define<true>();

/** What never changes while an editor lives. */
export function always(ariaLabel: string, describedBy: string): Extension {
  return [
    EditorView.cspNonce.of(styleNonce()),
    basicSetup,
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    indentUnit.of("  "),
    lintGutter(),
    look,
    EditorView.contentAttributes.of({
      "aria-label": ariaLabel,
      "aria-describedby": describedBy,
      // Reached by the keyboard whether or not it can be written in.
      tabindex: "0",
    }),
  ];
}

type Changing = Pick<
  EditorProps,
  "language" | "readOnly" | "completion" | "hover" | "original"
> & { isDark: boolean };

/** What its properties ask for. */
export function asked({ language, readOnly, completion, hover, original, isDark }: Changing): Extension {
  return [
    EditorView.darkTheme.of(isDark),
    languageOf(language ?? "text"),
    // Where nothing can be written Tab has nothing to do but to go on.
    readOnly ? EditorState.readOnly.of(true) : keymap.of([indentWithTab]),
    completion === undefined ? [] : autocompletion({ override: [completion], icons: false }),
    hover === undefined ? [] : hovering(hover),
    original === undefined
      ? []
      : unifiedMergeView({
          original,
          mergeControls: false,
          collapseUnchanged: { margin: 3, minSize: 6 },
        }),
  ];
}

function languageOf(language: Language): Extension {
  switch (language) {
    case "yaml":
      return yaml();
    case "json":
      return json();
    case "text":
      return [];
  }
}

/** The one change that makes an old text a new one, so that cursor and scrolling stay. */
export function changeBetween(old: string, next: string) {
  const shorter = Math.min(old.length, next.length);
  let start = 0;
  while (start < shorter && old[start] === next[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === next.at(-1 - end)) {
    end += 1;
  }
  return { from: start, to: old.length - end, insert: next.slice(start, next.length - end) };
}
