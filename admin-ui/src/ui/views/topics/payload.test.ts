import { describe, expect, it, vi } from "vitest";
import { bestForm, bytesOf, format, oneLine } from "./payload";

describe("a key or value", () => {
  it("is one line of text in a table", () => {
    expect(oneLine({ content: null })).toBeUndefined();
    expect(oneLine({ content: "<img src=x onerror=alert(1)>" })).toBe(
      "<img src=x onerror=alert(1)>",
    );
    expect(oneLine({ content: { id: 1 } })).toBe('{"id":1}');
    expect(oneLine({ content: "AP8=", encoding: "base64" })).toBe("0x00ff");
  });

  it.each([
    { content: { id: 1, name: "a", list: [1, [true, null], "x"], none: {} } },
    { content: [] },
    { content: "AP8BAgMEBQYHCAkKCwwNDg8=", encoding: "base64" },
    { content: "text" },
  ])("is cut where a line ends: %j", (payload) => {
    const whole = oneLine(payload) ?? "";
    for (let longest = 1; longest <= whole.length + 1; longest += 1) {
      expect(oneLine(payload, longest)).toBe(whole.slice(0, longest));
    }
  });

  it("is looked at only as far as it is shown", () => {
    const looked = vi.fn();
    const item = { get value() { looked(); return 1; } };
    oneLine({ content: Array.from({ length: 1_000 }, () => item) }, 30);
    expect(looked.mock.calls.length).toBeLessThan(5);
  });

  it("is shown in the form that suits it", () => {
    expect(bestForm({ content: { id: 1 } })).toBe("json");
    expect(bestForm({ content: 17 })).toBe("json");
    expect(bestForm({ content: "plain" })).toBe("text");
    expect(bestForm({ content: "AP8=", encoding: "base64" })).toBe("hex");
  });

  it("can be looked at as JSON, text or bytes", () => {
    expect(format({ content: { id: 1 } }, "json")).toBe('{\n  "id": 1\n}');
    expect(format({ content: { id: 1 } }, "text")).toBe('{"id":1}');
    expect(format({ content: "héllo, this is text" }, "hex")).toBe(
      "00000000  68 c3 a9 6c 6c 6f 2c 20 74 68 69 73 20 69 73 20  h..llo, this is \n" +
        "00000010  74 65 78 74                                      text",
    );
    expect([...bytesOf({ content: "AP8=", encoding: "base64" })]).toEqual([0, 255]);
  });
});
