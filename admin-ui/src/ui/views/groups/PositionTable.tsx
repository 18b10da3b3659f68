import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../../api/queries";
import type { Group, GroupPosition } from "../../api/schema";
import { count } from "../../components/format";
import { ViewAnchor } from "../../components/Links";
import { type Column, Rows } from "../../components/Rows";
import { Ago } from "../../components/Time";
import { group as text } from "../../text/en/groups";

const columns = (group: Group, now: string | undefined): Column<GroupPosition>[] => {
  const clients = new Map(group.memberDetails.map((member) => [member.id, member.clientId]));
  return [
    {
      title: text.topic,
      cell: ({ topic }) => (
        <ViewAnchor to="/ui/topics/$topic" params={{ topic }}>
          {topic}
        </ViewAnchor>
      ),
    },
    { title: text.partition, isNumber: true, cell: ({ partition }) => partition },
    {
      title: text.offset,
      isNumber: true,
      cell: ({ offset }) => (offset === undefined ? text.none : count(offset)),
    },
    {
      title: text.endOffset,
      isDetail: true,
      isNumber: true,
      cell: ({ endOffset }) => (endOffset === undefined ? text.unreadable : count(endOffset)),
    },
    {
      title: text.lag,
      isNumber: true,
      cell: ({ lag }) => (lag === undefined ? "–" : count(lag)),
    },
    {
      title: text.waitingSince,
      isNumber: true,
      cell: ({ waitingSince }) =>
        waitingSince === undefined || now === undefined ? "–" : <Ago at={waitingSince} now={now} />,
    },
    {
      title: text.owner,
      cell: ({ member }) => (member === undefined ? "–" : (clients.get(member) ?? member)),
    },
  ];
};

/** How far the group has come in each partition. */
export function PositionTable({ group }: { group: Group }) {
  const now = useQuery({ ...overviewQuery, select: (overview) => overview.time }).data;
  return (
    <Rows
      label={text.partitions}
      columns={columns(group, now)}
      rows={group.offsets}
      rowKey={({ topic, partition }) => `${topic}-${partition}`}
      empty={<Text c="dimmed">{text.noPartitions}</Text>}
    />
  );
}
