import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { show } from "../testing/render";
import { Suggested } from "./Suggested";

it("takes what is suggested, and anything else", async () => {
  const onChange = vi.fn();
  show(<Suggested label="Error" data={["refused", "too-large"]} value="" onChange={onChange} />);
  const field = screen.getByRole("combobox", { name: "Error" });
  await userEvent.click(field);
  await userEvent.click(await screen.findByRole("option", { name: "too-large", hidden: true }));
  await waitFor(() => expect(onChange).toHaveBeenLastCalledWith("too-large"));
  await userEvent.clear(field);
  await userEvent.type(field, "gone-code{Enter}");
  expect(onChange).toHaveBeenLastCalledWith("gone-code");
});
