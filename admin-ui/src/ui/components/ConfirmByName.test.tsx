import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { ApiError } from "../api/client";
import { show } from "../testing/render";
import { ConfirmByName } from "./ConfirmByName";

function Example({ run }: { run: () => Promise<void> }) {
  const [opened, setOpened] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setOpened(true)}>
        Open
      </button>
      <ConfirmByName
        opened={opened}
        onClose={() => setOpened(false)}
        title="Delete the topic"
        name="orders"
        action="Delete"
        run={run}
      >
        1,250 records
      </ConfirmByName>
    </>
  );
}

const field = () => screen.getByLabelText<HTMLInputElement>(/type the name/);
const button = () => screen.getByRole<HTMLButtonElement>("button", { name: "Delete" });

describe("a question before something is lost", () => {
  it("says what will be lost, and waits for the exact name", async () => {
    let runs = 0;
    show(<Example run={async () => void runs++} />);
    expect(screen.getByText("1,250 records")).toBeTruthy();
    expect(button().disabled).toBe(true);

    await userEvent.type(field(), "Orders{Enter}");
    expect(button().disabled).toBe(true);
    await userEvent.clear(field());
    expect(runs).toBe(0);

    await userEvent.type(field(), "orders{Enter}");
    expect(runs).toBe(1);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("shows that it is at work, and can't be closed or asked again meanwhile", async () => {
    let runs = 0;
    let finish = () => {};
    const run = () => {
      runs += 1;
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    };
    show(<Example run={run} />);
    await userEvent.type(field(), "orders");
    await userEvent.click(button());
    expect(button().hasAttribute("data-loading")).toBe(true);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Cancel" }).disabled).toBe(true);
    await userEvent.keyboard("{Escape}{Enter}");
    expect(screen.getByRole("dialog")).toBeTruthy();
    expect(runs).toBe(1);

    finish();
    await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  });

  it("shows a failure in place, with its cure, and can be tried again", async () => {
    const problem = { suggestion: "Stop the reader first." };
    const failure = new ApiError(409, "It is in use.", problem as ApiError["problem"]);
    let failures = 1;
    show(
      <Example run={() => (failures-- > 0 ? Promise.reject(failure) : Promise.resolve())} />,
    );
    await userEvent.type(field(), "orders");
    await userEvent.click(button());
    expect(await screen.findByText("It is in use.")).toBeTruthy();
    expect(screen.getByText("Stop the reader first.")).toBeTruthy();

    await userEvent.click(button());
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("begins anew when it is opened again", async () => {
    show(<Example run={() => Promise.resolve()} />);
    await userEvent.type(field(), "orders");
    await userEvent.keyboard("{Escape}");
    await userEvent.click(screen.getByText("Open"));
    expect(field().value).toBe("");
  });
});
