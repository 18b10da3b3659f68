import { describe, expect, it } from "vitest";
import { addressSearch, textIn } from "./address";

const { parseSearch, stringifySearch } = addressSearch;
const textOf = (address: string) => textIn(parseSearch(address), "q").q;

describe("a text in the address", () => {
  it("is taken whatever it looks like, digit by digit", () => {
    const texts = ["2024", "true", "null", "007", "1.10", "1e5", "12345678901234567890", '{"a":1}'];
    for (const text of [...texts, "[1]", "shop", '"quoted"', '"', "a b&c=d"]) {
      expect(textOf(stringifySearch({ q: text }))).toBe(text);
      expect(textOf(`?${new URLSearchParams({ q: text })}`)).toBe(text.replace(/^"(.+)"$/, "$1"));
    }
    expect(textOf("?q=")).toBeUndefined();
    expect(textOf("?other=1")).toBeUndefined();
  });

  it("leaves the address as it was", () => {
    for (const address of ["?q=2024", "?q=true", "?q=1.10", "?q=12345678901234567890", "?q=a"]) {
      expect(stringifySearch({ q: textOf(address) })).toBe(address);
    }
  });

  it("may be in quotes, as links once were written", () => {
    expect(textOf("?q=%222024%22")).toBe("2024");
  });
});

describe("a number or truth value in the address", () => {
  it("is one", () => {
    expect(parseSearch("?offset=17&internal=true")).toEqual({ offset: 17, internal: true });
    expect(stringifySearch({ offset: 17, internal: true })).toBe("?offset=17&internal=true");
  });
});
