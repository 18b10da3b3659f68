import { Badge, Card, Group, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ViewAnchor } from "../../../components/Links";
import { Empty } from "../../../components/Notice";
import { Page } from "../../../components/Page";
import { Query } from "../../../components/Query";
import { SearchField } from "../../../components/SearchField";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { connectors } from "../../../text/en/connectors";
import { type ConnectorsSearch, connectorsSearch } from "../search";
import { connectorTypesQuery } from "./api";
import { type Entry, entries, fits } from "./catalogue";

const route = getRouteApi("/ui/new-connector");

/** All types of connectors, and rules, to choose one. */
export function CataloguePage() {
  const query = useQuery(connectorTypesQuery);
  const { q = "", kind } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: { [name in keyof ConnectorsSearch]: string | null }) =>
    void navigate({ search: (old) => connectorsSearch({ ...old, ...next }), replace: true });
  return (
    <Page title={text.catalogue}>
      <Text>{text.catalogueHelp}</Text>
      <Group>
        <SearchField value={q} onChange={(next) => change({ q: next })} />
        <Select
          aria-label={connectors.kind}
          placeholder={text.allKinds}
          clearable
          data={[
            { value: "source", label: text.sources },
            { value: "sink", label: text.sinks },
            { value: "rule", label: text.rules },
          ]}
          value={kind ?? null}
          onChange={(next) => change({ kind: next })}
        />
      </Group>
      <Query query={query}>
        {(types) => <Cards found={entries(types).filter((one) => fits(one, q, kind))} />}
      </Query>
    </Page>
  );
}

function Cards({ found }: { found: Entry[] }) {
  if (found.length === 0) {
    return <Empty title={text.noneFits} />;
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
      {found.map(({ kind, name, title, description }) => (
        <Card key={`${kind}.${name}`} withBorder>
          <Stack gap="xs">
            <Group justify="space-between">
              <ViewAnchor
                to="/ui/new-connector/$kind/$type"
                params={{ kind, type: name }}
                fw={600}
              >
                {title}
              </ViewAnchor>
              <Badge variant="light" tt="none" color={kind === "source" ? "water" : "gray"}>
                {connectors.kinds[kind]}
              </Badge>
            </Group>
            <Text size="sm" c="dimmed">
              {name}
            </Text>
            <Text size="sm">{description}</Text>
          </Stack>
        </Card>
      ))}
    </SimpleGrid>
  );
}
