import { Badge, Button, Group, Menu, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ChevronDown, Eraser, PencilLine, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { topicQuery } from "../../api/queries";
import type { Topic } from "../../api/schema";
import { Page } from "../../components/Page";
import { isGone, Query } from "../../components/Query";
import { topic as text } from "../../text/en/topic";
import { AddPartitions } from "./AddPartitions";
import { ClientsTab } from "./ClientsTab";
import { DeleteRecords } from "./DeleteRecords";
import { DeleteTopic } from "./DeleteTopic";
import { PartitionTable } from "./PartitionTable";
import { ProduceRecord } from "./ProduceRecord";
import { RecordBrowser } from "./RecordBrowser";
import { useFollowPresence, useFollowTopic } from "./queries";
import { SettingsTab } from "./SettingsTab";
import { TABS } from "./search";

const route = getRouteApi("/ui/topics/$topic");
const RECORDS = "records";

/** A topic: its records, its partitions, its clients, its settings, and what can be done with it. */
export function TopicPage() {
  const { topic: name } = route.useParams();
  const query = useQuery(topicQuery(name));
  useFollowPresence(name);
  return (
    <Page title={name} actions={query.data && !isGone(query) && <Actions topic={query.data} />}>
      <Query query={query} gone={text.topicGone}>{(topic) => <Parts topic={topic} />}</Query>
    </Page>
  );
}

function Parts({ topic }: { topic: Topic }) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (next: string | null) => {
    const known = TABS.find((one) => one === next);
    void navigate({ search: known === undefined ? {} : { tab: known } });
  };
  return (
    <Tabs value={tab ?? RECORDS} keepMounted={false} onChange={open}>
      <Tabs.List aria-label={text.tabs} mb="md">
        <Tabs.Tab value={RECORDS}>{text.records}</Tabs.Tab>
        {TABS.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {text[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={RECORDS}>
        <RecordBrowser topic={topic} />
      </Tabs.Panel>
      <Tabs.Panel value="partitions">
        <Partitions topic={topic} />
      </Tabs.Panel>
      <Tabs.Panel value="clients">
        <ClientsTab topic={topic.name} />
      </Tabs.Panel>
      <Tabs.Panel value="settings">
        <SettingsTab topic={topic} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** As they are, looked at again when the topic's overview says that something has changed. */
function Partitions({ topic }: { topic: Topic }) {
  useFollowTopic(topic.name);
  return <PartitionTable partitions={topic.partitionDetails} />;
}

type Dialog = "produce" | "partitions" | "records" | "topic";

/** What can be done; nothing with the gateway's own topics. */
function Actions({ topic }: { topic: Topic }) {
  const [dialog, setDialog] = useState<Dialog>();
  if (topic.internal) {
    return (
      <Badge color="gray" variant="light" tt="none">
        {text.internal}
      </Badge>
    );
  }
  const of = (which: Dialog) => ({
    topic,
    opened: dialog === which,
    onClose: () => setDialog(undefined),
  });
  return (
    <Group gap="xs">
      <Button leftSection={<PencilLine size={16} />} onClick={() => setDialog("produce")}>
        {text.produce}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={16} />}>
            {text.moreActions}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Plus size={16} />} onClick={() => setDialog("partitions")}>
            {text.addPartitions}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<Eraser size={16} />}
            onClick={() => setDialog("records")}
          >
            {text.deleteRecords}…
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={16} />}
            onClick={() => setDialog("topic")}
          >
            {text.deleteTopic}…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ProduceRecord key={topic.name} {...of("produce")} />
      <AddPartitions {...of("partitions")} />
      <DeleteRecords {...of("records")} />
      <DeleteTopic {...of("topic")} />
    </Group>
  );
}
