import type { EditorState, Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";

/** What is told of a place of the text: plain text, its first line as a title; and for which part. */
export interface HoverText {
  from: number;
  to: number;
  title: string;
  body: string;
}

/** Looks up what to tell of a position, if anything. */
export type HoverSource = (state: EditorState, position: number) => HoverText | undefined;

/** Shows it when the pointer rests. The text is set as text, whatever is in it. */
export function hovering(source: HoverSource): Extension {
  return hoverTooltip((view, position) => {
    const found = source(view.state, position);
    if (found === undefined) {
      return null;
    }
    return {
      pos: found.from,
      end: found.to,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "cm-hover-text";
        dom.append(line("strong", found.title), line("div", found.body));
        return { dom };
      },
    };
  });
}

function line(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
