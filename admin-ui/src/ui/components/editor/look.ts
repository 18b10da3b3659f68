import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours that can be read on the editor's ground in either scheme (WCAG AA). */
const color = {
  key: "light-dark(#0b5394, #8cc8f0)",
  text: "light-dark(#1b6e2d, #9bd6a3)",
  number: "light-dark(#8a3b00, #f0b07a)",
  keyword: "light-dark(#7a1fa2, #d9a6ec)",
  comment: "var(--mantine-color-dimmed)",
  ground: "light-dark(#ffffff, #161d25)",
  quiet: "light-dark(#f1f4f7, #1c252f)",
  here: "light-dark(#eef5fa80, #22304080)",
  line: "var(--mantine-color-default-border)",
};

const highlighting = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: color.key },
  { tag: [tags.string, tags.content], color: color.text },
  { tag: tags.number, color: color.number },
  { tag: [tags.bool, tags.null, tags.keyword, tags.labelName, tags.typeName], color: color.keyword },
  { tag: tags.comment, color: color.comment, fontStyle: "italic" },
  { tag: tags.invalid, textDecoration: "underline wavy" },
]);

const theme = EditorView.theme({
  "&": {
    color: "var(--mantine-color-text)",
    backgroundColor: color.ground,
    border: `1px solid ${color.line}`,
    borderRadius: "var(--mantine-radius-default)",
    fontSize: "var(--mantine-font-size-sm)",
    height: "100%",
  },
  "&.cm-focused": { outline: "2px solid var(--mantine-primary-color-filled)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mantine-font-family-monospace)", overflow: "auto" },
  ".cm-content": { caretColor: "var(--mantine-color-text)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--mantine-color-text)" },
  ".cm-gutters": {
    color: "var(--mantine-color-dimmed)",
    backgroundColor: color.quiet,
    borderRight: `1px solid ${color.line}`,
  },
  ".cm-activeLine": { backgroundColor: color.here },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--mantine-color-text)" },
  ".cm-panels": { color: "var(--mantine-color-text)", backgroundColor: color.quiet },
  ".cm-panels.cm-panels-bottom": { borderTop: `1px solid ${color.line}` },
  ".cm-tooltip": {
    color: "var(--mantine-color-text)",
    backgroundColor: "var(--mantine-color-body)",
    border: `1px solid ${color.line}`,
    borderRadius: "var(--mantine-radius-sm)",
    maxWidth: "min(36rem, 90vw)",
    overflow: "auto",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mantine-font-family-monospace)",
    maxHeight: "16rem",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    color: "#ffffff",
    backgroundColor: "#0b6e99",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail": { color: "#ffffff" },
  ".cm-completionDetail": { color: "var(--mantine-color-dimmed)", fontStyle: "normal" },
  ".cm-completionInfo": { whiteSpace: "pre-line", padding: "6px 10px" },
  ".cm-hover-text": { whiteSpace: "pre-line", padding: "6px 10px" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  ".cm-button": {
    color: "inherit",
    background: color.ground,
    border: `1px solid ${color.line}`,
    borderRadius: "var(--mantine-radius-sm)",
  },
  ".cm-textfield": { color: "inherit", background: color.ground, border: `1px solid ${color.line}` },
  ".cm-deletedChunk": { color: "var(--mantine-color-text)" },
  ".cm-collapsedLines": {
    color: "var(--mantine-color-text)",
    background: color.quiet,
    padding: "4px 8px",
  },
});

export const look: Extension = [theme, syntaxHighlighting(highlighting)];
