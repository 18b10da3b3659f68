import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { show } from "../../testing/render";
import { CarryOut } from "./CarryOut";

afterEach(() => vi.unstubAllGlobals());

const PLAN = {
  changes: [
    {
      topic: "orders",
      partition: 0,
      from: 9,
      to: 0,
      startOffset: 0,
      endOffset: 9,
      again: 9,
      skipped: 0,
      clamped: false,
    },
  ],
  again: 9,
  skipped: 0,
  unchanged: 0,
};

it("moves positions only for who types the group's name", async () => {
  const asked = vi.fn(() => Promise.resolve(new Response("{}")));
  vi.stubGlobal("fetch", asked);
  const onClose = vi.fn();
  show(<CarryOut group="readers" plan={PLAN} onClose={onClose} />);
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Move them" });
  await userEvent.type(screen.getByLabelText(/type the name/), "reader{Enter}");
  expect(button.disabled).toBe(true);
  expect(asked).not.toHaveBeenCalled();
  await userEvent.type(screen.getByLabelText(/type the name/), "s");
  await userEvent.click(button);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(onClose).toHaveBeenCalled();
});
