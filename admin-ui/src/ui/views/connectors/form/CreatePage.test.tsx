import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { showAt } from "../../../testing/render";
import { CreatePage } from "./CreatePage";

vi.mock("../../../components/CodeEditor", () => ({ CodeEditor: () => null }));

beforeEach(() => {
  vi.stubGlobal("fetch", (url: string) => {
    const found = url.endsWith("/connector-types")
      ? []
      : url.endsWith("/overview")
        ? { topics: [] }
        : { problems: [], yaml: "" };
    return Promise.resolve(new Response(JSON.stringify(found)));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = () =>
  showAt("/ui/new-connector/rule/rule", {
    path: "/ui/new-connector/$kind/$type",
    validateSearch: () => ({}),
    component: CreatePage,
  });
const name = () => screen.findByRole<HTMLInputElement>("textbox", { name: /^Name/ });

describe("a connector that is half made", () => {
  it("is left only by who says that it may be lost", async () => {
    const history = await open();
    await userEvent.type(await name(), "big");
    history.push("/ui/connectors");
    const question = within(await screen.findByRole("dialog"));
    await userEvent.click(question.getByRole("button", { name: "Stay" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect((await name()).value).toBe("big");
    expect(history.location.pathname).toBe("/ui/new-connector/rule/rule");
    history.push("/ui/connectors");
    await userEvent.click(await screen.findByRole("button", { name: "Leave" }));
    await waitFor(() => expect(history.location.pathname).toBe("/ui/connectors"));
  });

  it("is left without a question before anything was filled in, and once it is made", async () => {
    const history = await open();
    await name();
    history.push("/ui/connectors");
    await waitFor(() => expect(history.location.pathname).toBe("/ui/connectors"));
    history.back();
    await userEvent.type(await name(), "big");
    await userEvent.click(screen.getByRole("button", { name: "Create the connector" }));
    await waitFor(() => expect(history.location.pathname).toBe("/ui/connectors/big"));
  });
});
