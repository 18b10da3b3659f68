import { useQuery, useQueryClient } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { ApiError } from "../api/client";
import { show } from "../testing/render";
import { Query } from "./Query";

let answer: () => Promise<string>;
const refused = (status: number) => () =>
  Promise.reject(new ApiError(status, status === 0 ? "No answer." : "Not now."));

function Example() {
  const cache = useQueryClient();
  const query = useQuery({ queryKey: ["it"], queryFn: () => answer() });
  return (
    <>
      <Query query={query}>{(data) => <input aria-label={data} />}</Query>
      <button type="button" onClick={() => void cache.invalidateQueries()}>
        Ask
      </button>
    </>
  );
}

const ask = () => userEvent.click(screen.getByRole("button", { name: "Ask" }));

it("tells why what it shows can't be told anew, and keeps it", async () => {
  answer = () => Promise.resolve("found");
  show(<Example />);
  const found = await screen.findByLabelText("found");
  answer = refused(500);
  await ask();
  await screen.findByText("Not now.");
  expect(screen.queryByText(/by itself/)).toBeNull();
  expect(screen.getByLabelText("found")).toBe(found);

  answer = () => Promise.resolve("found");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await expect.poll(() => screen.queryByText("Not now.")).toBeNull();
  expect(screen.getByLabelText("found")).toBe(found);
});

it("says that it tries again by itself where nothing answered", async () => {
  answer = refused(0);
  show(<Example />);
  await screen.findByText("No answer.");
  expect(screen.getByText(/tries again by itself/)).toBeTruthy();
});
