import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, ask, askExactly, get, getExactly, path, send } from "./client";

afterEach(() => vi.unstubAllGlobals());

const answer = (status: number, body: unknown, type = "application/json") =>
  vi.stubGlobal("fetch", () =>
    Promise.resolve(
      new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } }),
    ),
  );

describe("the client", () => {
  it("gives back what the gateway answers", async () => {
    answer(200, { a: 1 });
    await expect(get("/x")).resolves.toEqual({ a: 1 });
  });

  it.runIf("rawJSON" in JSON)("keeps the numbers of others digit by digit", async () => {
    const data = '{"value":12345678901234567890}';
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(data)));
    expect(JSON.stringify(await getExactly("/x"))).toBe(data);
    expect(JSON.stringify(await askExactly("/x", {}))).toBe(data);
  });

  it("throws what the gateway says is wrong, with the cure", async () => {
    const problem = { detail: "There is no topic 'x'.", suggestion: "Create it." };
    answer(404, problem, "application/problem+json");
    const error = await send("DELETE", "/x").catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 404, message: problem.detail, suggestion: "Create it." });
  });

  it("says so when nothing answers", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
    await expect(get("/x")).rejects.toMatchObject({ status: 0 });
  });

  it("tells to look first where nothing says whether something was done", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
    const suggestion = expect.stringContaining("may or may not have been done");
    await expect(send("DELETE", "/x")).rejects.toMatchObject({ status: 0, suggestion });
    await expect(ask("/x", {})).rejects.toMatchObject({ status: 0, suggestion: undefined });
    answer(404, { detail: "There is none." }, "application/problem+json");
    await expect(send("DELETE", "/x")).rejects.toMatchObject({ suggestion: undefined });
  });

  it("escapes names in paths", () => {
    expect(path`/api/v1/topics/${"a/b c"}/records`).toBe("/api/v1/topics/a%2Fb%20c/records");
  });
});
