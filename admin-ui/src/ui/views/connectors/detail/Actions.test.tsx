import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { Connector } from "../../../api/schema";
import { showWithLinks } from "../../../testing/render";
import { connector as summary } from "../../overview/example";
import { Actions } from "./Actions";

afterEach(() => vi.unstubAllGlobals());

it("shows that something is under way, and why it was refused with what to do", async () => {
  let answer: (response: Response) => void = () => {};
  const asked = vi.fn(
    (_: string, __: RequestInit) =>
      new Promise<Response>((resolve) => {
        answer = resolve;
      }),
  );
  vi.stubGlobal("fetch", asked);
  const connector = {
    ...summary("warehouse", { kind: "sink" }),
    target: "STARTED",
    taskDetails: [],
  } as unknown as Connector;
  await showWithLinks(<Actions connector={connector} />);
  const pause = screen.getByRole<HTMLButtonElement>("button", { name: "Pause" });
  await userEvent.click(pause);
  expect(pause.getAttribute("data-loading")).toBe("true");
  expect(asked).toHaveBeenCalledWith(
    "/connectors/warehouse/pause",
    expect.objectContaining({ method: "PUT" }),
  );

  const problem = { detail: "The disk is full.", suggestion: "Make room." };
  answer(
    new Response(JSON.stringify(problem), {
      status: 503,
      headers: { "Content-Type": "application/problem+json" },
    }),
  );
  await screen.findByText("The disk is full.");
  expect(screen.getByText("Make room.")).toBeTruthy();
  expect(pause.disabled).toBe(false);
});
