import { Text } from "@mantine/core";
import type { Group, GroupMember } from "../../api/schema";
import { ViewAnchor } from "../../components/Links";
import { type Column, Rows } from "../../components/Rows";
import { group as text } from "../../text/en/groups";
import { ranges } from "./ranges";

const COLUMNS: Column<GroupMember>[] = [
  {
    title: text.client,
    cell: (member) => (
      <>
        <Text size="sm" fw={600}>
          {member.clientId}
        </Text>
        <Text size="xs" c="dimmed">
          {member.instanceId ?? member.id}
        </Text>
      </>
    ),
  },
  { title: text.host, cell: (member) => member.host },
  {
    title: text.assignment,
    cell: ({ assignment }) =>
      Object.entries(assignment).map(([topic, partitions]) => (
        <Text size="sm" key={topic}>
          {topic}: {ranges(partitions)}
        </Text>
      )),
  },
];

/** Who is in the group, and which partitions each reads. */
export function MemberTable({ group: { memberDetails, connector } }: { group: Group }) {
  return (
    <Rows
      label={text.members}
      columns={COLUMNS}
      rows={memberDetails}
      rowKey={(member) => member.id}
      empty={
        <Text c="dimmed">
          {connector === undefined ? (
            text.noMembers
          ) : (
            <>
              {text.connectorReads}{" "}
              <ViewAnchor to="/ui/connectors/$connector" params={{ connector }}>
                {connector}
              </ViewAnchor>
            </>
          )}
        </Text>
      }
    />
  );
}
