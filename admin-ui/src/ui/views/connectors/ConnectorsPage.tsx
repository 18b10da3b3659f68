import { Box, Button, Group, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { overviewQuery } from "../../api/queries";
import type { ConnectorSummary } from "../../api/schema";
import { Ago } from "../../components/Time";
import { count, rate } from "../../components/format";
import { ViewAnchor } from "../../components/Links";
import { Empty } from "../../components/Notice";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { type Column, Rows } from "../../components/Rows";
import { SearchField } from "../../components/SearchField";
import { State } from "../../components/State";
import { common } from "../../text/en/common";
import { connectors as text } from "../../text/en/connectors";
import { states } from "../../text/en/states";
import { isDeclared } from "./origin";
import { type ConnectorsSearch, connectorsSearch, isListed, KINDS } from "./search";
import { Flow } from "./TopicLinks";

const route = getRouteApi("/ui/connectors");

const columns = (now: string): Column<ConnectorSummary>[] => [
  {
    title: text.name,
    cell: (connector) => (
      <Box miw={150}>
        <ViewAnchor to="/ui/connectors/$connector" params={{ connector: connector.name }} fw={600}>
          {connector.name}
        </ViewAnchor>
        <Text size="sm" c="dimmed">
          {connector.kind} · {connector.type} ·{" "}
          {isDeclared(connector) ? text.origins.file : text.origins.api}
        </Text>
      </Box>
    ),
  },
  {
    title: text.state,
    cell: (connector) => (
      <Box miw={130} maw={440}>
        <State state={connector.state} />
        {connector.error ? (
          <Text size="sm" lineClamp={2}>
            {connector.error.message}
          </Text>
        ) : (
          connector.since && (
            <Text size="sm" c="dimmed">
              {text.since} <Ago at={connector.since} now={now} />
            </Text>
          )
        )}
      </Box>
    ),
  },
  { title: text.topics, 
    cell: ({ reads, writes }) => (
      <Box miw={170}>
        <Flow reads={reads} writes={writes} />
      </Box>
    ),
  },
  { title: text.rate, isNumber: true, cell: (connector) => rate(connector.recordsPerSecond) },
  {
    title: text.waiting,
    isNumber: true,
    cell: (connector) => (connector.kind === "source" ? "–" : count(connector.lag)),
  },
  { title: text.errors, isNumber: true, cell: (connector) => count(connector.failures) },
  {
    title: text.rejected,
    isNumber: true,
    cell: ({ rejected }) =>
      rejected === 0 ? "0" : <ViewAnchor to="/ui/dead-letters">{count(rejected)}</ViewAnchor>,
  },
];

/** All connectors in lines, as they are now. */
export function ConnectorsPage() {
  const query = useQuery(overviewQuery);
  const search = route.useSearch();
  const isFiltered = Object.keys(search).length > 0;
  return (
    <Page
      title={text.title}
      actions={
        <Button component={Link} to="/ui/new-connector" leftSection={<Plus size={16} aria-hidden />}>
          {text.create}
        </Button>
      }
    >
      <Filters />
      <Query query={query}>
        {({ connectors, time }) => (
          <Rows
            label={text.title}
            columns={columns(time)}
            rows={connectors.filter((connector) => isListed(connector, search))}
            rowKey={(connector) => connector.name}
            empty={
              isFiltered ? (
                <Empty title={common.nothingFound} />
              ) : (
                <Empty title={text.empty}>{text.emptyCure}</Empty>
              )
            }
          />
        )}
      </Query>
    </Page>
  );
}

function Filters() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: { [name in keyof ConnectorsSearch]: string | null }) =>
    void navigate({ search: (old) => connectorsSearch({ ...old, ...next }), replace: true });
  return (
    <Group>
      <SearchField value={search.q ?? ""} onChange={(q) => change({ q })} />
      <Select
        aria-label={text.kind}
        placeholder={text.allKinds}
        data={KINDS.map((kind) => ({ value: kind, label: text.kinds[kind] }))}
        value={search.kind ?? null}
        onChange={(kind) => change({ kind })}
        clearable
        w={150}
      />
      <Select
        aria-label={text.state}
        placeholder={text.allStates}
        data={Object.entries(states).map(([value, label]) => ({ value, label }))}
        value={search.state ?? null}
        onChange={(state) => change({ state })}
        clearable
        w={150}
      />
    </Group>
  );
}
