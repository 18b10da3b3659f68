import { describe, expect, it } from "vitest";
import type { SettingDescription } from "../../api/schema";
import { draftOf, inLine, mistakes, OWN, patch, settingsOf } from "./settings";

const setting = (
  name: string,
  kind: SettingDescription["kind"],
  others: Partial<SettingDescription> = {},
): SettingDescription => ({
  name,
  title: name,
  description: "",
  kind,
  choices: [],
  examples: [],
  settings: [],
  ...others,
});

const SETTINGS = [
  setting("retention", "choice", {
    choices: ["forever"],
    settings: [setting("time", "duration"), setting("consumed", "names")],
  }),
  setting("compact", "boolean", {
    settings: [setting("dirty-ratio", "number", { minimum: 0, maximum: 1 })],
  }),
  setting("flush", "choice", {
    choices: ["ack", "os"],
    settings: [setting("interval", "duration")],
  }),
  setting("limits", "group", { settings: [setting("batch", "size")] }),
];

describe("the settings of a topic", () => {
  it.each([
    {},
    { retention: { time: "7d", consumed: true } },
    { retention: { consumed: ["a", "b"] } },
    { compact: true },
    { compact: { "dirty-ratio": 0.3 }, flush: { interval: "1s" } },
    { flush: "os", limits: { batch: "4MiB" } },
  ])("are the same after a form without a change: %j", (values) => {
    expect(settingsOf(SETTINGS, draftOf(SETTINGS, values))).toEqual(values);
  });

  it("are not set where nothing is within them", () => {
    expect(settingsOf(SETTINGS, draftOf(SETTINGS, { retention: {} }))).toEqual({});
    expect(settingsOf(SETTINGS, { retention: OWN })).toEqual({});
  });

  it("are changed by no more than what differs", () => {
    expect(patch({ a: 1, b: { c: 1, d: 2 } }, { a: 1, b: { c: 1, d: 3 } })).toEqual({ b: { d: 3 } });
    expect(patch({ a: 1, b: { c: 1 } }, { b: { d: 1 } })).toEqual({ a: null, b: { c: null, d: 1 } });
    expect(patch({ a: true }, { a: { b: 1 } })).toEqual({ a: { b: 1 } });
    expect(patch({ a: ["x"] }, { a: ["x"] })).toEqual({});
  });

  it("are checked while they are typed", () => {
    const draft = {
      retention: OWN,
      "retention/time": "7 days",
      "compact": OWN,
      "compact/dirty-ratio": "1.5",
      flush: OWN,
      "limits/batch": "4mb",
    };
    expect(mistakes(SETTINGS, draft)).toEqual({
      "retention/time": "duration",
      "compact/dirty-ratio": "range",
      "flush/interval": "missing",
      "limits/batch": "size",
    });
    expect(mistakes(SETTINGS, { ...draft, retention: "forever" })).not.toHaveProperty(
      "retention/time",
    );
  });

  it("are a line as in the configuration file", () => {
    expect(inLine({ time: "7d", consumed: ["a", "b"] })).toBe("time: 7d, consumed: a, b");
    expect(inLine(true)).toBe("true");
  });
});
