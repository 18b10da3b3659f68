import { describe, expect, it } from "vitest";
import { changeInFile, readSpec, writeSpec } from "./specYaml";

const TEXT = `# The shop.
source: postgres-cdc
topic: shop.{table} # one each
config:
  # Where it is.
  url: "postgresql://localhost/shop"
  tables: [orders, customers]
`;

describe("a declaration in YAML", () => {
  it("says what it says", () => {
    expect(readSpec(TEXT)).toEqual({
      spec: {
        source: "postgres-cdc",
        topic: "shop.{table}",
        config: { url: "postgresql://localhost/shop", tables: ["orders", "customers"] },
      },
    });
  });

  it("that can’t be read tells where", () => {
    expect(readSpec("a: [1\nb: 2")).toMatchObject({ mistakes: [{ line: expect.any(Number) }] });
    expect(readSpec("just a text")).toHaveProperty("mistakes");
  });

  it("keeps comments and notation where nothing changes", () => {
    const spec = {
      source: "postgres-cdc",
      topic: "shop.{table}",
      config: { url: "postgresql://db/shop", tables: ["orders", "customers"], slot: "mine" },
    };
    expect(writeSpec(TEXT, spec)).toBe(`# The shop.
source: postgres-cdc
topic: shop.{table} # one each
config:
  # Where it is.
  url: "postgresql://db/shop"
  tables: [orders, customers]
  slot: mine
`);
  });

  it("loses what is no longer said, and what is undefined", () => {
    const text = writeSpec(TEXT, { source: "postgres-cdc", topic: undefined, config: {} });
    expect(readSpec(text)).toEqual({ spec: { source: "postgres-cdc", config: {} } });
  });

  it("changes in a file nothing but itself", () => {
    const file = "topics:\n  orders: {} # ours\nconnectors:\n  a:\n    source: host\n  b:\n    sink: x # b\n";
    expect(changeInFile(file, "a", { source: "file" })).toContain("a:\n    source: file\n  b:");
    expect(changeInFile(file, "a", undefined)).not.toContain("host");
    expect(changeInFile(file, "a", undefined)).toContain("sink: x # b");
    expect(changeInFile(file, "none", {})).toBeUndefined();
  });
});
