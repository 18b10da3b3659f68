import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { EditorProps } from "./editor/types";

export type { EditorDiagnostic, EditorHandle, EditorProps, Language } from "./editor/types";

export { isMixed } from "./editor/lineEnds";

const Editor = lazy(() => import("./editor/Editor"));

const USUAL_HEIGHT = "12rem";

/**
 * A text editor with highlighting, search (Ctrl+F), and, where they are given, completion, marks at
 * places and a comparison. Its code is loaded when the first one is shown. Tab indents; after Escape
 * it goes on to the next element.
 */
export function CodeEditor(props: EditorProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height ?? USUAL_HEIGHT} />}>
      <Editor {...props} />
    </Suspense>
  );
}
