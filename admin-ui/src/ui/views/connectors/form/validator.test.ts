import { describe, expect, it } from "vitest";
import { InterpretingValidator, mistakes, steps, sureMistakes } from "./validator";

const SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["url"],
  properties: {
    url: { type: "string", pattern: "^https?://" },
    port: { type: "integer", minimum: 1, maximum: 65535 },
    wait: { type: "string", pattern: "^[0-9]+(ms|s|m|h|d)$" },
    tables: { type: "array", items: { type: "string", minLength: 1 } },
    "a/b": { type: "string", enum: ["x", "y"] },
  },
};

describe("the validator", () => {
  it("has nothing against what is right, and takes what is undefined for absent", () => {
    expect(mistakes(SCHEMA, { url: "http://x", port: undefined, tables: ["a"] })).toEqual([]);
  });

  it("tells each mistake once, at its place, in our words", () => {
    expect(
      mistakes(SCHEMA, { port: 0, wait: "30", tables: ["a", ""], "a/b": "z" }),
    ).toEqual(
      expect.arrayContaining([
        { pointer: "/url", message: "This is needed." },
        { pointer: "/port", message: "At least 1." },
        { pointer: "/wait", message: "A whole number and ms, s, m, h or d, such as 30s." },
        { pointer: "/tables/1", message: "This must not be empty." },
        { pointer: "/a~1b", message: "Choose one of the list." },
      ]),
    );
  });

  it("leaves references to the gateway, which knows what they stand for", () => {
    expect(mistakes(SCHEMA, { url: "${env:URL}", port: "${env:PORT}" })).toEqual([]);
  });

  it("is not sure of what is of another type than the form asks for", () => {
    const value = { url: "http://x", port: 0, tables: "orders", "a/b": 5 };
    expect(mistakes(SCHEMA, value).map(({ pointer }) => pointer)).toContain("/tables");
    expect(sureMistakes(SCHEMA, value)).toEqual([{ pointer: "/port", message: "At least 1." }]);
  });

  it("speaks the form library’s language", () => {
    const validator = new InterpretingValidator();
    const { errors, errorSchema } = validator.validateFormData({ port: 0, "a/b": "z" }, SCHEMA as never);
    expect(errors.map(({ property }) => property).sort()).toEqual(["['a/b']", "['port']", "['url']"]);
    expect(errorSchema).toMatchObject({
      url: { __errors: ["This is needed."] },
      port: { __errors: ["At least 1."] },
      "a/b": { __errors: ["Choose one of the list."] },
    });
    expect(validator.isValid(SCHEMA as never, { url: "http://x" })).toBe(true);
  });

  it("reads JSON pointers", () => {
    expect(steps("/config/a~1b/0")).toEqual(["config", "a/b", "0"]);
    expect(steps("")).toEqual([]);
  });
});
