import { Table, Text } from "@mantine/core";
import type { Topic } from "../../api/schema";
import { topic as text } from "../../text/en/topic";

const SETTINGS = ["retention", "compact", "flush", "timestamps", "limits", "segments"] as const;

/** What is set for the topic, in the words of the configuration file. */
export function SettingsTable({ topic }: { topic: Topic }) {
  return (
    <Table aria-label={text.settings} maw={640}>
      <Table.Tbody>
        {SETTINGS.map((setting) => (
          <Table.Tr key={setting}>
            <Table.Th scope="row">{setting}</Table.Th>
            <Table.Td>
              <Setting name={setting} value={topic[setting]} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Setting({ name, value }: { name: (typeof SETTINGS)[number]; value: unknown }) {
  if (name === "retention" && (value === undefined || JSON.stringify(value) === "{}")) {
    return text.forever;
  }
  if (value === undefined) {
    return <Text c="dimmed">{text.byDefault}</Text>;
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value)
        .map(([key, one]) => `${key}: ${String(one)}`)
        .join(", ")
    : String(value);
}
