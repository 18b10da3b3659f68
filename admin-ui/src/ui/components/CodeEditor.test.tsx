import { openSearchPanel } from "@codemirror/search";
import { EditorView } from "@codemirror/view";
import { Drawer, MantineProvider } from "@mantine/core";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createRef } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CodeEditor, type EditorHandle, type EditorProps } from "./CodeEditor";

afterEach(cleanup);

const shown = (props: Partial<EditorProps> & { value: string }) => (
  <MantineProvider>
    <CodeEditor ariaLabel="The text" {...props} />
    <button type="button">after</button>
  </MantineProvider>
);
const box = () => screen.findByRole("textbox", { name: "The text" });

describe("the code editor", () => {
  it("shows its text under its name, and how to leave it", async () => {
    render(shown({ value: "topics: {}", language: "yaml" }));
    const editor = await box();
    expect(editor.textContent).toBe("topics: {}");
    const hint = document.getElementById(editor.getAttribute("aria-describedby") ?? "");
    expect(hint?.textContent).toContain("Escape and then Tab");
  });

  it("tells what someone writes, and not what it was given", async () => {
    const onChange = vi.fn();
    const { rerender } = render(shown({ value: "a", onChange }));
    const editor = await box();
    rerender(shown({ value: "abc", onChange }));
    await waitFor(() => expect(editor.textContent).toBe("abc"));
    expect(onChange).not.toHaveBeenCalled();
    EditorView.findFromDOM(editor)?.dispatch({ changes: { from: 0, insert: "x" } });
    expect(onChange).toHaveBeenLastCalledWith("xabc");
  });

  it("ends lines as they did", async () => {
    const onChange = vi.fn();
    const { rerender } = render(shown({ value: "a\r\nb", onChange }));
    const view = EditorView.findFromDOM(await box());
    view?.dispatch({ changes: { from: 2, insert: "x\n" } });
    expect(onChange).toHaveBeenLastCalledWith("a\r\nx\r\nb");
    rerender(shown({ value: "a\r\nx\r\nb", onChange }));
    expect(view?.state.doc.toString()).toBe("a\nx\nb");

    view?.dispatch({ changes: { from: 0, to: 5, insert: "a" } });
    rerender(shown({ value: "a", onChange }));
    view?.dispatch({ changes: { from: 1, insert: "\nb" } });
    expect(onChange).toHaveBeenLastCalledWith("a\r\nb");
  });

  it("says when it is for reading", async () => {
    render(shown({ value: "a", readOnly: true }));
    expect((await box()).getAttribute("aria-readonly")).toBe("true");
  });

  it("has Escape to itself, also for its search, within a drawer", async () => {
    const onClose = vi.fn();
    render(
      <MantineProvider env="test">
        <Drawer opened onClose={onClose}>
          <CodeEditor ariaLabel="The text" value="a" />
        </Drawer>
      </MantineProvider>,
    );
    const view = EditorView.findFromDOM(await box());
    view?.focus();
    await userEvent.keyboard("{Escape}");
    if (view !== null) {
      openSearchPanel(view);
    }
    screen.getByPlaceholderText<HTMLInputElement>("Find").focus();
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByPlaceholderText("Find")).toBeNull();
    expect(onClose).not.toHaveBeenCalled();

    screen.getByRole("dialog").focus();
    await userEvent.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalled();
  });

  it("marks places, and goes to one", async () => {
    const ref = createRef<EditorHandle>();
    const diagnostics = [
      { line: 2, column: 1, message: "unknown key", severity: "error" as const },
    ];
    render(shown({ value: "a: 1\nb: 2", language: "yaml", diagnostics, ref }));
    const editor = await box();
    await waitFor(() =>
      expect(editor.querySelector(".cm-lintRange-error")?.textContent).toBe("b"),
    );
    ref.current?.goTo(2, 1);
    expect(document.activeElement).toBe(editor);
  });
});
