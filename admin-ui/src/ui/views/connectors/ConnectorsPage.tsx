import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { overviewQuery } from "../../api/queries";
import type { ConnectorSummary } from "../../api/schema";
import { count, size } from "../../components/format";
import { ViewAnchor } from "../../components/Links";
import { Empty } from "../../components/Notice";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { type Column, Rows } from "../../components/Rows";
import { SearchField } from "../../components/SearchField";
import { State } from "../../components/State";
import { Time } from "../../components/Time";
import { common } from "../../text/en/common";
import { connectors as text } from "../../text/en/connectors";

const route = getRouteApi("/ui/connectors");

const COLUMNS: Column<ConnectorSummary>[] = [
  {
    title: text.name,
    cell: (connector) => (
      <>
        <Text fw={600}>{connector.name}</Text>
        <Text size="sm" c="dimmed">
          {connector.kind} · {connector.type}
        </Text>
      </>
    ),
  },
  {
    title: text.state,
    cell: (connector) => (
      <>
        <State state={connector.state} />
        {connector.error ? (
          <Text size="sm" className="wrap-anywhere">
            {connector.error.message}
          </Text>
        ) : (
          connector.since && (
            <Text size="sm" c="dimmed">
              {text.since} <Time at={connector.since} />
            </Text>
          )
        )}
      </>
    ),
  },
  { title: text.records, isNumber: true, cell: (connector) => count(connector.records) },
  { title: text.bytes, isNumber: true, cell: (connector) => size(connector.bytes) },
  {
    title: text.waiting,
    isNumber: true,
    cell: (connector) => (connector.kind === "source" ? "–" : count(connector.lag)),
  },
  {
    title: text.rejected,
    isNumber: true,
    cell: ({ rejected }) =>
      rejected === 0 ? "0" : <ViewAnchor to="/ui/dead-letters">{count(rejected)}</ViewAnchor>,
  },
];

export function ConnectorsPage() {
  const query = useQuery(overviewQuery);
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={text.title}>
      <Group>
        <SearchField
          value={q}
          onChange={(next) => void navigate({ search: { q: next }, replace: true })}
        />
      </Group>
      <Query query={query}>
        {({ connectors }) => (
          <Rows
            label={text.title}
            columns={COLUMNS}
            rows={connectors.filter(
              (connector) => connector.name.includes(q) || connector.type.includes(q),
            )}
            rowKey={(connector) => connector.name}
            empty={<Empty title={q === "" ? text.empty : common.nothingFound} />}
          />
        )}
      </Query>
    </Page>
  );
}
