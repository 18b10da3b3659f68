import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { show } from "../testing/render";
import { Copy } from "./Copy";

/** What somebody would paste. */
let pasted: string | undefined;
let isAllowed = true;

/** Stands for the browser's old way, which copies what is selected. */
const execCommand = () => {
  const event = new Event("copy", { bubbles: true });
  const clipboardData = { setData: (_: string, text: string) => (pasted = text) };
  document.activeElement?.dispatchEvent(Object.assign(event, { clipboardData }));
  return isAllowed;
};

beforeEach(() => {
  pasted = undefined;
  isAllowed = true;
  Object.assign(document, { execCommand });
});
afterEach(() => {
  Reflect.deleteProperty(document, "execCommand");
  vi.unstubAllGlobals();
});

const TEXT = "one\r\ntwo";

/** Without the clipboard, as in a context that is not secure, unless one is given. */
const press = (clipboard?: Partial<Clipboard>) => {
  vi.stubGlobal("navigator", { ...(clipboard && { clipboard }) });
  show(<Copy value={TEXT} />);
  const button = screen.getByRole("button", { name: "Copy" });
  button.focus();
  fireEvent.click(button);
  return button;
};

it("copies without the clipboard that only a secure context has, and leaves no trace", async () => {
  const button = press();
  await screen.findByRole("button", { name: "Copied" });
  expect(pasted).toBe(TEXT);
  expect(document.activeElement).toBe(button);
  expect(document.querySelector("textarea")).toBeNull();
});

it("copies by the clipboard where there is one, and else where that is forbidden", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  press({ writeText });
  await screen.findByRole("button", { name: "Copied" });
  expect(writeText).toHaveBeenCalledWith(TEXT);
  expect(pasted).toBeUndefined();
  cleanup();

  press({ writeText: () => Promise.reject(new Error("forbidden")) });
  await screen.findByRole("button", { name: "Copied" });
  expect(pasted).toBe(TEXT);
});

it("says that it could not copy", async () => {
  isAllowed = false;
  press();
  expect((await screen.findByRole("alert")).textContent).toContain("did not let it");
  screen.getByRole("button", { name: "Copy" });
});
