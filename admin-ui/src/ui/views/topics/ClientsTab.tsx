import { Group as Row, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../../api/queries";
import type { ConnectorSummary, GroupSummary } from "../../api/schema";
import { count, rate } from "../../components/format";
import { ViewAnchor } from "../../components/Links";
import { Query } from "../../components/Query";
import { type Column, Rows } from "../../components/Rows";
import { State } from "../../components/State";
import { connectors as connectorText } from "../../text/en/connectors";
import { topic as text } from "../../text/en/topic";
import { clientsOf } from "./clients";

const WHO: Column<ConnectorSummary>[] = [
  {
    title: text.connector,
    cell: ({ name }) => (
      <ViewAnchor to="/ui/connectors/$connector" params={{ connector: name }}>
        {name}
      </ViewAnchor>
    ),
  },
  { title: connectorText.kind, cell: ({ kind, type }) => `${kind}: ${type}` },
  { title: connectorText.state, cell: ({ state }) => <State state={state} /> },
];

const CONNECTORS: Column<ConnectorSummary>[] = [
  ...WHO,
  { title: text.records, isNumber: true, cell: ({ records }) => count(records) },
];

const ASIDE: Column<ConnectorSummary>[] = [
  ...WHO,
  { title: text.asideRecords, isNumber: true, cell: ({ rejected }) => count(rejected) },
];

const READERS: Column<ConnectorSummary>[] = [
  ...CONNECTORS,
  { title: text.lag, isNumber: true, cell: ({ lag }) => count(lag) },
];

const GROUPS: Column<GroupSummary>[] = [
  {
    title: text.group,
    cell: ({ name }) => (
      <ViewAnchor to="/ui/groups/$group" params={{ group: name }}>
        {name}
      </ViewAnchor>
    ),
  },
  { title: text.members, isNumber: true, cell: ({ members }) => count(members) },
  { title: text.groupLag, isNumber: true, cell: ({ lag }) => count(lag) },
];

/** Who writes a topic, and who reads it, how far behind. */
export function ClientsTab({ topic }: { topic: string }) {
  const overview = useQuery(overviewQuery);
  return (
    <Query query={overview}>
      {({ connectors, topics, groups }) => {
        const { writers, readers, setAside, groups: found } = clientsOf(topic, connectors, groups);
        const summary = topics.find(({ name }) => name === topic);
        return (
          <Stack gap="xl">
            <section>
              <Row justify="space-between">
                <Title order={2} size="h4">
                  {text.writers}
                </Title>
                <Text c="dimmed">{text.writtenAt(rate(summary?.recordsPerSecond))}</Text>
              </Row>
              <Rows
                label={text.writers}
                columns={CONNECTORS}
                rows={writers}
                rowKey={({ name }) => name}
                empty={
                  <Text c="dimmed">{setAside.length > 0 ? text.onlyAside : text.noWriters}</Text>
                }
              />
            </section>
            {setAside.length > 0 && (
              <section>
                <Title order={2} size="h4">
                  {text.setAside}
                </Title>
                <Rows
                  label={text.setAside}
                  columns={ASIDE}
                  rows={setAside}
                  rowKey={({ name }) => name}
                  empty={null}
                />
              </section>
            )}
            <section>
              <Title order={2} size="h4">
                {text.readers}
              </Title>
              <Rows
                label={text.readers}
                columns={READERS}
                rows={readers}
                rowKey={({ name }) => name}
                empty={<Text c="dimmed">{text.noReaders}</Text>}
              />
            </section>
            <section>
              <Title order={2} size="h4">
                {text.groups}
              </Title>
              <Rows
                label={text.groups}
                columns={GROUPS}
                rows={found}
                rowKey={({ name }) => name}
                empty={<Text c="dimmed">{text.noGroups}</Text>}
              />
            </section>
          </Stack>
        );
      }}
    </Query>
  );
}
