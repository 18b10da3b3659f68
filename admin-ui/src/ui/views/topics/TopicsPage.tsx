import { Badge, Button, Checkbox, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { overviewQuery } from "../../api/queries";
import type { Overview, TopicSummary } from "../../api/schema";
import { count, rate, size } from "../../components/format";
import { ViewAnchor } from "../../components/Links";
import { Empty } from "../../components/Notice";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { type Column, ordered, Rows } from "../../components/Rows";
import { SearchField } from "../../components/SearchField";
import { common } from "../../text/en/common";
import { topics as text } from "../../text/en/topics";
import { CreateTopic } from "./CreateTopic";
import { type Clients, clientsByTopic } from "./clients";
import { retentionOf } from "./retention";

const route = getRouteApi("/ui/topics");

interface Row extends TopicSummary {
  writers: string[];
  readers: string[];
}

const COLUMNS: Column<Row>[] = [
  {
    title: text.name,
    order: (topic) => topic.name,
    cell: (topic) => (
      <>
        <ViewAnchor to="/ui/topics/$topic" params={{ topic: topic.name }}>
          {topic.name}
        </ViewAnchor>{" "}
        {topic.offline.length > 0 && (
          <Badge color="red" variant="light" tt="none" title={topic.offline.join("\n")}>
            {text.offline}
          </Badge>
        )}
      </>
    ),
  },
  {
    title: text.records,
    isNumber: true,
    order: (topic) => topic.records,
    cell: (topic) => count(topic.records),
  },
  {
    title: text.rate,
    isNumber: true,
    order: (topic) => topic.recordsPerSecond ?? 0,
    cell: (topic) => rate(topic.recordsPerSecond),
  },
  {
    title: text.size,
    isDetail: true,
    isNumber: true,
    order: (topic) => topic.sizeBytes,
    cell: (topic) => size(topic.sizeBytes),
  },
  {
    title: text.partitions,
    isDetail: true,
    isNumber: true,
    order: (topic) => topic.partitions,
    cell: (topic) => count(topic.partitions),
  },
  { title: text.retention, isDetail: true, order: retentionOf, cell: retentionOf },
  {
    title: text.writers,
    isDetail: true,
    order: (topic) => topic.writers.length,
    cell: (topic) => <Names names={topic.writers} />,
  },
  {
    title: text.readers,
    isDetail: true,
    order: (topic) => topic.readers.length,
    cell: (topic) => <Names names={topic.readers} />,
  },
];

export function TopicsPage() {
  const [isCreating, setCreating] = useState(false);
  return (
    <Page
      title={text.title}
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setCreating(true)}>
          {text.create}
        </Button>
      }
    >
      <CreateTopic opened={isCreating} onClose={() => setCreating(false)} />
      <Query query={useQuery(overviewQuery)}>{(overview) => <List overview={overview} />}</Query>
    </Page>
  );
}

function List({ overview }: { overview: Overview }) {
  const { q = "", internal = false, sort, desc = false } = route.useSearch();
  const navigate = route.useNavigate();
  const { topics, connectors, groups } = overview;
  const clients = useMemo(() => clientsByTopic(connectors, groups), [connectors, groups]);
  const wanted = topics.filter(
    (topic) => (internal || !topic.internal) && topic.name.includes(q),
  );
  const order = sort === undefined ? undefined : { by: sort, isDescending: desc };
  const rows = ordered(
    wanted.map((topic) => ({ ...topic, ...namesOf(clients.get(topic.name)) })),
    COLUMNS,
    order,
  );
  const change = (next: { q?: string; internal?: boolean; sort?: string; desc?: boolean }) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  return (
    <>
      <Group>
        <SearchField value={q} onChange={(next) => change({ q: next })} />
        <Checkbox
          label={common.showInternal}
          checked={internal}
          onChange={(event) => change({ internal: event.currentTarget.checked })}
        />
        <Text c="dimmed" size="sm" ml="auto">
          {text.count(count(rows.length), count(topics.length))}
        </Text>
      </Group>
      <Rows
        label={text.title}
        columns={COLUMNS}
        rows={rows}
        rowKey={(topic) => topic.name}
        order={order}
        onOrder={({ by, isDescending }) => change({ sort: by, desc: isDescending })}
        empty={
          q === "" ? (
            <Empty title={text.empty}>{text.emptyCure}</Empty>
          ) : (
            <Empty title={common.nothingFound} />
          )
        }
      />
    </>
  );
}

function namesOf(clients: Clients | undefined): Pick<Row, "writers" | "readers"> {
  return {
    writers: clients?.writers.map(({ name }) => name) ?? [],
    readers: [...(clients?.readers ?? []), ...(clients?.groups ?? [])].map(({ name }) => name),
  };
}

const SHOWN = 2;

/** The first names, and how many more there are. */
function Names({ names }: { names: string[] }) {
  const hidden = names.length - SHOWN;
  return (
    <Text size="sm" title={names.join("\n")} lineClamp={2}>
      {names.slice(0, SHOWN).join(", ")}
      {hidden > 0 && ` ${text.more(hidden)}`}
    </Text>
  );
}
