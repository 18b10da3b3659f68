import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { show } from "../testing/render";
import { MomentField } from "./MomentField";

it("gives back what is picked in the viewer's zone, and nothing when it is cleared", async () => {
  const picked: (string | undefined)[] = [];
  const at = new Date(2026, 0, 10, 12, 30, 15);
  show(
    <MomentField
      label="From"
      clearable
      value={at.toISOString()}
      onChange={(value) => picked.push(value)}
    />,
  );
  await userEvent.click(screen.getByLabelText("From"));
  await userEvent.click(await screen.findByRole("button", { name: "15 January 2026" }));
  expect(picked.at(-1)).toBe(new Date(2026, 0, 15, 12, 30, 15).toISOString());
});
