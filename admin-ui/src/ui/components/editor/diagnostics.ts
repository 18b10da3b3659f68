import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { EditorDiagnostic } from "./types";

/** Where a line and column, counted from 1, are; the nearest place if there is none such. */
export function positionOf(text: Text, line: number, column: number): number {
  const at = text.line(Math.min(Math.max(line, 1), text.lines));
  return Math.min(at.from + Math.max(column - 1, 0), at.to);
}

/** The editor's words for diagnostics, in the order of their places. */
export function toDiagnostics(text: Text, diagnostics: readonly EditorDiagnostic[]): Diagnostic[] {
  return diagnostics
    .map((one) => {
      const from = positionOf(text, one.line, one.column);
      return { from, to: endOf(text, one, from), severity: one.severity, message: one.message };
    })
    .sort((a, b) => a.from - b.from);
}

function endOf(text: Text, one: EditorDiagnostic, from: number): number {
  if (one.endLine !== undefined) {
    return Math.max(from, positionOf(text, one.endLine, one.endColumn ?? 1));
  }
  const line = text.lineAt(from);
  const rest = line.text.slice(from - line.from);
  const word = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,\]}]+(?=:(?:\s|$))|[^\s#,\]}]+)/.exec(rest);
  return from + (word?.[0].length ?? Math.min(1, rest.length));
}
