import { stringify } from "yaml";
import type { Connector } from "../../../api/schema";
import { CodeEditor } from "../../../components/CodeEditor";
import { connector as text } from "../../../text/en/connector";

/** Loaded when it is looked at, since only here YAML is written. */
export default function ConfigurationYaml({ connector }: { connector: Connector }) {
  return <CodeEditor language="yaml" readOnly ariaLabel={text.yaml} value={asYaml(connector)} />;
}

/** The connector as a configuration file of its own. */
export function asYaml({ name, kind, config: spec }: Connector): string {
  return stringify({ [kind === "rule" ? "rules" : "connectors"]: { [name]: spec } });
}
