import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import types from "../../../../../connector-types.json";
import type { ConnectorType } from "../../../api/schema";
import { show } from "../../../testing/render";
import { OptionsForm } from "./OptionsForm";

interface Option {
  title: string;
  default?: unknown;
  examples?: unknown[];
  enum?: unknown[];
}

const optionsOf = (type: ConnectorType) =>
  Object.entries((type.schema as unknown as { properties: Record<string, Option> }).properties);

/** Each option that has a value of its own to show: its default, an example or the last choice. */
const filled = (type: ConnectorType) =>
  Object.fromEntries(
    optionsOf(type)
      .map(([name, option]) => [name, option.examples?.[0] ?? option.enum?.at(-1) ?? option.default])
      .filter(([, value]) => value !== undefined),
  ) as Record<string, unknown>;

const all = (types as unknown as ConnectorType[]).map(
  (type) => [`${type.kind} ${type.name}`, type] as const,
);

// The gateway's tests hold the file to what it serves.
describe("the form of every type", () => {
  it.each(all)("of %s asks for each of its options", (_, type) => {
    for (const value of [{}, filled(type)]) {
      const { container, unmount } = show(
        <OptionsForm schema={type.schema} value={value} mistakes={[]} onChange={vi.fn()} />,
      );
      for (const [, { title }] of optionsOf(type)) {
        expect(screen.getAllByText(title).length).toBeGreaterThan(0);
      }
      // So the form library says that it knows no input.
      expect(container.textContent).not.toMatch(/Missing items definition|Unsupported field/);
      unmount();
    }
  });
});
