import type { ConnectorType } from "../../../api/schema";
import { connectorForm as text } from "../../../text/en/connectorForm";
import type { Kind } from "../search";

/** What can be made. */
export interface Entry {
  kind: Kind;
  name: string;
  title: string;
  description: string;
  /** Rules have none: they are the gateway's own. */
  type?: ConnectorType;
}

const RULE: Entry = { kind: "rule", name: "rule", title: text.rule, description: text.ruleWhat };

export function entries(types: ConnectorType[]): Entry[] {
  return [
    ...types.map((type) => {
      const { kind, name, title, description } = type;
      return { kind, name, title, description, type };
    }),
    RULE,
  ];
}

export function fits(entry: Entry, q: string, kind: string | undefined): boolean {
  const wanted = q.toLowerCase();
  return (
    (kind === undefined || entry.kind === kind) &&
    [entry.name, entry.title, entry.description].some((one) => one.toLowerCase().includes(wanted))
  );
}
