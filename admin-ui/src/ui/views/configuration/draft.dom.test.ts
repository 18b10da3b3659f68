import { beforeEach, describe, expect, it, vi } from "vitest";
import { draft, dropDraft, offerDraft } from "./draft";

beforeEach(() => sessionStorage.clear());

describe("a draft", () => {
  it("is what was offered last, until it is dropped", () => {
    expect(draft()).toBeUndefined();
    expect(offerDraft("gateway.yaml", "topics: {}")).toBe(true);
    expect(offerDraft("gateway.yaml", "topics: {a: {}}", "e1")).toBe(true);
    expect(draft()).toEqual({ file: "gateway.yaml", text: "topics: {a: {}}", basedOn: "e1" });
    dropDraft();
    expect(draft()).toBeUndefined();
  });

  it("is none if what is kept is something else", () => {
    for (const kept of ["{", "17", '{"file":1,"text":"a"}', '{"file":"a"}']) {
      sessionStorage.setItem("sluice.configuration.draft", kept);
      expect(draft()).toBeUndefined();
    }
  });

  it("says when the browser can't keep it", () => {
    vi.stubGlobal("sessionStorage", {
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
    expect(offerDraft("gateway.yaml", "a")).toBe(false);
    vi.unstubAllGlobals();
  });
});
