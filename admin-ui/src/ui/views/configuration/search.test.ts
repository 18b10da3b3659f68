import { expect, it } from "vitest";
import { configurationSearch } from "./search";

it("is in the address which file is shown", () => {
  expect(configurationSearch({ file: "topics.yaml" })).toEqual({ file: "topics.yaml" });
  expect(configurationSearch({ file: 10 })).toEqual({ file: "10" });
  expect(configurationSearch({ file: "", other: "x" })).toEqual({});
  expect(configurationSearch({ file: ["a"] })).toEqual({});
});
