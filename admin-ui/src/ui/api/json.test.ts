import { describe, expect, it } from "vitest";
import { parseExactly } from "./json";

describe("JSON of records", () => {
  it("is what JSON.parse gives", () => {
    const text = '{"a":[1,2.5,-3],"b":{"c":null,"d":"1e400"},"e":true}';
    expect(parseExactly(text)).toEqual(JSON.parse(text));
  });

  it.runIf("rawJSON" in JSON)("keeps numbers digit by digit", () => {
    const text = '{"id":12345678901234567890,"price":1.50,"big":1e400}';
    expect(JSON.stringify(parseExactly(text))).toBe(text);
  });
});
