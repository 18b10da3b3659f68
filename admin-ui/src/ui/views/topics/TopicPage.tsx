import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { topicQuery } from "../../api/queries";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { topic as text } from "../../text/en/topic";
import { PartitionTable } from "./PartitionTable";
import { RecordBrowser } from "./RecordBrowser";
import { SettingsTable } from "./SettingsTable";

const route = getRouteApi("/ui/topics/$topic");
const RECORDS = "records";

export function TopicPage() {
  const { topic: name } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(topicQuery(name));
  return (
    <Page title={name}>
      <Query query={query}>
        {(topic) => (
          <Tabs
            value={tab ?? RECORDS}
            keepMounted={false}
            onChange={(next) =>
              void navigate({
                search: next === "partitions" || next === "settings" ? { tab: next } : {},
              })
            }
          >
            <Tabs.List aria-label={text.tabs} mb="md">
              <Tabs.Tab value={RECORDS}>{text.records}</Tabs.Tab>
              <Tabs.Tab value="partitions">{text.partitions}</Tabs.Tab>
              <Tabs.Tab value="settings">{text.settings}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value={RECORDS}>
              <RecordBrowser topic={topic} />
            </Tabs.Panel>
            <Tabs.Panel value="partitions">
              <PartitionTable partitions={topic.partitionDetails} />
            </Tabs.Panel>
            <Tabs.Panel value="settings">
              <SettingsTable topic={topic} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Query>
    </Page>
  );
}
