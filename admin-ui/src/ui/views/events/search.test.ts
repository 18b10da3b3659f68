import { describe, expect, it } from "vitest";
import type { Event } from "../../api/schema";
import { eventSearch, parameters } from "./search";
import { newest } from "./useLiveEvents";

describe("the address of events", () => {
  it("keeps what is well-formed, and nothing else", () => {
    const search = { type: "connector", who: "http", text: "a b", from: "2026-01-01T00:00:00Z" };
    expect(eventSearch({ ...search, to: "soon", subject: "", x: 1 })).toEqual(search);
    expect(eventSearch({ type: {}, text: "x".repeat(201) })).toEqual({});
    expect(eventSearch({ text: 404, subject: true })).toEqual({ text: "404", subject: "true" });
    expect(parameters(search).get("text")).toBe("a b");
  });
});

describe("live events", () => {
  const event = (offset: number) => ({ offset }) as Event;

  it("come before those that are there, each once", () => {
    expect(newest([event(3), event(2)], event(4)).map(({ offset }) => offset)).toEqual([4, 3, 2]);
    expect(newest([event(3), event(2)], event(3)).map(({ offset }) => offset)).toEqual([3, 2]);
  });

  it("make room for others", () => {
    const many = Array.from({ length: 2_000 }, (_, i) => event(2_000 - i));
    expect(newest(many, event(3_000))).toHaveLength(2_000);
  });
});
