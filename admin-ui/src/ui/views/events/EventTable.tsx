import { Badge, Text } from "@mantine/core";
import type { Event, EventActor } from "../../api/schema";
import { ViewAnchor } from "../../components/Links";
import { type Column, Rows } from "../../components/Rows";
import { Time } from "../../components/Time";
import { events as text } from "../../text/en/events";

const COLUMNS: Column<Event>[] = [
  { title: text.time, cell: ({ time }) => <Time at={time} /> },
  {
    title: text.event,
    isDetail: true,
    cell: ({ type }) => (
      <Badge color={color(type)} variant="light" tt="none">
        {type}
      </Badge>
    ),
  },
  { title: text.subject, cell: (event) => <Subject event={event} /> },
  {
    title: text.message,
    cell: ({ message, actor }) => (
      <>
        <Text size="sm" className="wrap-anywhere" lineClamp={6}>
          {message}
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          <Actor actor={actor} />
        </Text>
      </>
    ),
  },
  { title: text.who, isDetail: true, cell: ({ actor }) => <Actor actor={actor} /> },
];

export function EventTable({ events }: { events: Event[] }) {
  return (
    <Rows
      label={text.title}
      columns={COLUMNS}
      rows={events}
      rowKey={({ offset }) => String(offset)}
      empty={null}
    />
  );
}

function color(type: string): string {
  if (/\.(failed|rejected|deleted|records-deleted|offsets-deleted|discarded)$/.test(type)) {
    return "red";
  }
  return /\.(recovered|started|created|applied)$/.test(type) ? "green" : "gray";
}

const GONE: ReadonlySet<string> = new Set(["topic.deleted", "connector.deleted", "group.deleted"]);

/** Leads to what it happened to, where there is a view of it. */
function Subject({ event: { type, subject } }: { event: Event }) {
  if (GONE.has(type)) {
    return subject;
  }
  if (type.startsWith("topic.")) {
    return (
      <ViewAnchor to="/ui/topics/$topic" params={{ topic: subject }}>
        {subject}
      </ViewAnchor>
    );
  }
  if (type.startsWith("connector.")) {
    return (
      <ViewAnchor to="/ui/connectors/$connector" params={{ connector: subject }}>
        {subject}
      </ViewAnchor>
    );
  }
  if (type.startsWith("group.")) {
    return (
      <ViewAnchor to="/ui/groups/$group" params={{ group: subject }}>
        {subject}
      </ViewAnchor>
    );
  }
  if (type.startsWith("dead-letters.")) {
    return (
      <ViewAnchor to="/ui/dead-letters/$topic" params={{ topic: subject }}>
        {subject}
      </ViewAnchor>
    );
  }
  return type.startsWith("config.") ? (
    <ViewAnchor to="/ui/configuration">{subject}</ViewAnchor>
  ) : (
    subject
  );
}

function Actor({ actor }: { actor: EventActor | undefined }) {
  if (actor === undefined) {
    return (
      <Text span inherit c="dimmed">
        {text.unknownActor}
      </Text>
    );
  }
  return (
    <>
      {text.by[actor.kind] ?? actor.kind} {actor.name}
    </>
  );
}
