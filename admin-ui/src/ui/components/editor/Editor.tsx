import { useComputedColorScheme, VisuallyHidden } from "@mantine/core";
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type FocusEvent, useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import { editor as text } from "../../text/en/editor";
import { positionOf, toDiagnostics } from "./diagnostics";
import { always, asked, changeBetween, fromOutside } from "./extensions";
import { lineEndOf, withLineEnds, withLineFeeds } from "./lineEnds";
import type { EditorDiagnostic, EditorProps } from "./types";

const NONE: readonly EditorDiagnostic[] = [];

/**
 * Escape belongs to what has the focus in the editor, be it the text or the search: a dialog around it
 * listens to the whole page for that key, and would close and lose the text.
 */
function keepEscape({ target }: FocusEvent) {
  target.setAttribute("data-mantine-stop-propagation", "true");
}

/** The editor itself; with the library it is large, so only `CodeEditor` loads it. */
export default function Editor(props: EditorProps) {
  const { value, onChange, ariaLabel, diagnostics = NONE, height, ref } = props;
  const { language, readOnly = false, completion, hover, original } = props;
  const isDark = useComputedColorScheme("light") === "dark";
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView>();
  const [changing] = useState(() => new Compartment());
  const hint = useId();
  const changed = useRef(onChange);
  const start = useRef(value);
  // Kept when the text has become a single line, or has been emptied.
  const lineEnd = useRef("\n");
  changed.current = onChange;
  start.current = value;
  lineEnd.current = lineEndOf(value) ?? lineEnd.current;

  useEffect(() => {
    if (box.current === null) {
      return;
    }
    const created = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: start.current,
        extensions: [
          always(ariaLabel, hint),
          changing.of([]),
          EditorView.updateListener.of((update) => {
            if (
              update.docChanged &&
              !update.transactions.some((one) => one.annotation(fromOutside))
            ) {
              changed.current?.(withLineEnds(update.state.doc.toString(), lineEnd.current));
            }
          }),
        ],
      }),
    });
    setView(created);
    return () => {
      created.destroy();
      setView(undefined);
    };
  }, [ariaLabel, hint, changing]);

  useEffect(() => {
    view?.dispatch({
      effects: changing.reconfigure(
        asked({
          isDark,
          readOnly,
          ...(language && { language }),
          ...(completion && { completion }),
          ...(hover && { hover }),
          ...(original !== undefined && { original: withLineFeeds(original) }),
        }),
      ),
    });
  }, [view, changing, isDark, language, readOnly, completion, hover, original]);

  useEffect(() => {
    const old = view?.state.doc.toString();
    const next = withLineFeeds(value);
    if (view !== undefined && old !== undefined && old !== next) {
      view.dispatch({ changes: changeBetween(old, next), annotations: fromOutside.of(true) });
    }
  }, [view, value]);

  useEffect(() => {
    view?.dispatch(setDiagnostics(view.state, toDiagnostics(view.state.doc, diagnostics)));
  }, [view, diagnostics]);

  useImperativeHandle(
    ref,
    () => ({
      goTo: (line, column) => {
        if (view !== undefined) {
          const position = positionOf(view.state.doc, line, column);
          view.dispatch({
            selection: { anchor: position },
            effects: EditorView.scrollIntoView(position, { y: "center" }),
          });
          view.focus();
        }
      },
    }),
    [view],
  );

  return (
    <>
      <div ref={box} onFocus={keepEscape} style={height === undefined ? undefined : { height }} />
      <VisuallyHidden id={hint}>{readOnly ? text.readOnlyHint : text.hint}</VisuallyHidden>
    </>
  );
}
