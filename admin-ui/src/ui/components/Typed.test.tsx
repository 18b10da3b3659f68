import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { show } from "../testing/render";
import { Typed } from "./Typed";

const told: string[] = [];

/** The address comes late. */
function Example() {
  const [value, setValue] = useState("");
  const change = (next: string) => {
    told.push(next);
    setTimeout(() => setValue(next), 20);
  };
  return (
    <>
      <Typed label="Find" value={value} onChange={change} />
      <button type="button" onClick={() => setValue("")}>
        Clear
      </button>
    </>
  );
}

const field = () => screen.getByLabelText<HTMLInputElement>("Find");

describe("what is typed into the address", () => {
  it("is shown at once, and told once typing has paused", async () => {
    told.length = 0;
    show(<Example />);
    await userEvent.type(field(), "orders");
    expect(field().value).toBe("orders");
    await waitFor(() => expect(told).toEqual(["orders"]));
    await userEvent.type(field(), "-eu{Enter}");
    expect(told).toEqual(["orders", "orders-eu"]);
  });

  it("does not count yet at the press of a button that leaves the field", async () => {
    told.length = 0;
    show(<Example />);
    await userEvent.type(field(), "orders");
    await userEvent.pointer({ keys: "[MouseLeft>]", target: screen.getByText("Clear") });
    expect(document.activeElement).not.toBe(field());
    expect(told).toEqual([]);
  });

  it("does not call back who has gone to another view", async () => {
    told.length = 0;
    show(<Example />);
    await userEvent.type(field(), "orders");
    const before = window.location.href;
    window.history.pushState(null, "", "/ui/elsewhere");
    await new Promise((resolve) => setTimeout(resolve, 400));
    window.history.replaceState(null, "", before);
    expect(told).toEqual([]);
  });

  it("follows the address", async () => {
    show(<Example />);
    await userEvent.type(field(), "a{Enter}");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await userEvent.click(screen.getByText("Clear"));
    expect(field().value).toBe("");
  });
});
