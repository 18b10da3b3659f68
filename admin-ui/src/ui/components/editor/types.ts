import type { CompletionSource } from "@codemirror/autocomplete";
import type { Ref } from "react";
import type { HoverSource } from "./hover";

export type Language = "yaml" | "json" | "text";

/** Something to say about a place of the text. Lines and columns count from 1. */
export interface EditorDiagnostic {
  line: number;
  column: number;
  /** Where it ends, exclusive; without it, at the end of the word or value that begins there. */
  endLine?: number;
  endColumn?: number;
  message: string;
  severity: "error" | "warning" | "info";
}

/** What can be done with an editor from outside. */
export interface EditorHandle {
  /** Puts the cursor there, brings it into sight, and gives the editor the focus. */
  goTo(line: number, column: number): void;
}

export interface EditorProps {
  value: string;
  /**
   * Called with the whole text whenever someone changes it; not for changes of `value`. Its lines end
   * as those of `value` did; with LF if those did not end alike.
   */
  onChange?: (value: string) => void;
  language?: Language;
  readOnly?: boolean;
  /** What the editor is for, for those who don't see it. */
  ariaLabel: string;
  /** What is shown at its places and in the margin. Keep the array while it does not change. */
  diagnostics?: readonly EditorDiagnostic[];
  /** What can be written at the cursor. */
  completion?: CompletionSource;
  /** What is told of the word under the pointer. */
  hover?: HoverSource;
  /** A text whose differences to `value` are marked, with what is gone. */
  original?: string;
  /** A CSS height. Without one the editor is as high as its text. */
  height?: string;
  ref?: Ref<EditorHandle>;
}
