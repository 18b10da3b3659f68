import { Badge, Checkbox, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { overviewQuery } from "../../api/queries";
import type { TopicSummary } from "../../api/schema";
import { count, rate, size } from "../../components/format";
import { ViewAnchor } from "../../components/Links";
import { Empty } from "../../components/Notice";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { type Column, Rows } from "../../components/Rows";
import { SearchField } from "../../components/SearchField";
import { common } from "../../text/en/common";
import { topics as text } from "../../text/en/topics";

const route = getRouteApi("/ui/topics");

const COLUMNS: Column<TopicSummary>[] = [
  {
    title: text.name,
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
  { title: text.records, isNumber: true, cell: (topic) => count(topic.records) },
  { title: text.rate, isNumber: true, cell: (topic) => rate(topic.recordsPerSecond) },
  { title: text.size, isNumber: true, cell: (topic) => size(topic.sizeBytes) },
  { title: text.partitions, isNumber: true, cell: (topic) => count(topic.partitions) },
];

export function TopicsPage() {
  const query = useQuery(overviewQuery);
  const { q = "", internal = false } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: { q?: string; internal?: boolean }) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  return (
    <Page title={text.title}>
      <Group>
        <SearchField value={q} onChange={(next) => change({ q: next })} />
        <Checkbox
          label={common.showInternal}
          checked={internal}
          onChange={(event) => change({ internal: event.currentTarget.checked })}
        />
      </Group>
      <Query query={query}>
        {({ topics }) => (
          <Rows
            label={text.title}
            columns={COLUMNS}
            rows={topics.filter(
              (topic) => (internal || !topic.internal) && topic.name.includes(q),
            )}
            rowKey={(topic) => topic.name}
            empty={
              q === "" ? (
                <Empty title={text.empty}>{text.emptyCure}</Empty>
              ) : (
                <Empty title={common.nothingFound} />
              )
            }
          />
        )}
      </Query>
    </Page>
  );
}
