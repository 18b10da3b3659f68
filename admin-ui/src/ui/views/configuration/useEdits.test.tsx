import { act, renderHook } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConfigFiles } from "../../api/schema";
import { draft, offerDraft } from "./draft";
import { useEdits } from "./useEdits";

const files = (version: string, text: string): ConfigFiles => ({
  version,
  files: [{ name: "gateway.yaml", path: "/etc/gateway.yaml", text, secrets: 0 }],
});

const editing = (start: ConfigFiles) =>
  renderHook(({ now }) => useEdits(now), { initialProps: { now: start } });

beforeEach(() => sessionStorage.clear());

describe("edits", () => {
  it("are texts that differ from what the files hold", () => {
    const { result } = editing(files("1", "a"));
    act(() => result.current.edit("gateway.yaml", "b"));
    expect(result.current.edits).toEqual({ "gateway.yaml": "b" });
    act(() => result.current.edit("gateway.yaml", "a"));
    expect(result.current.edits).toEqual({});
  });

  it("begin with what another view has handed over", () => {
    offerDraft("gateway.yaml", "b", "1");
    const { result } = editing(files("1", "a"));
    expect(result.current).toMatchObject({ handedOver: "gateway.yaml", isStale: false });
    expect(result.current.edits).toEqual({ "gateway.yaml": "b" });
    act(() => result.current.drop());
    expect(result.current.edits).toEqual({});
    expect(draft()).toBeUndefined();
  });

  it("are stale once the files have changed, and can go on from there", () => {
    const { result, rerender } = editing(files("1", "a"));
    act(() => result.current.edit("gateway.yaml", "b"));
    rerender({ now: files("2", "c") });
    expect(result.current).toMatchObject({ isStale: true, base: "1" });
    act(() => result.current.rebase());
    expect(result.current).toMatchObject({ isStale: false, base: "2" });
    expect(result.current.edits).toEqual({ "gateway.yaml": "b" });
  });

  it("are stale if they were handed over and made from something else", () => {
    offerDraft("gateway.yaml", "b", "0");
    expect(editing(files("1", "a")).result.current.isStale).toBe(true);
  });

  it("go on by themselves when only the version is another", () => {
    const { result, rerender } = editing(files("1", "a"));
    act(() => result.current.edit("gateway.yaml", "b"));
    rerender({ now: files("2", "a") });
    expect(result.current).toMatchObject({ isStale: false, base: "2" });
  });

  it("are none for a file that is not there", () => {
    offerDraft("other.yaml", "b");
    const { result } = editing(files("1", "a"));
    expect(result.current.edits).toEqual({});
    expect(result.current.handedOver).toBe("other.yaml");
  });
});
