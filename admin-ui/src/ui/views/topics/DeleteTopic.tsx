import { List, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { path, send } from "../../api/client";
import { overviewQuery, queries, topicQuery } from "../../api/queries";
import type { Topic } from "../../api/schema";
import { ConfirmByName } from "../../components/ConfirmByName";
import { size } from "../../components/format";
import { common } from "../../text/en/common";
import { topic as text } from "../../text/en/topic";
import { clientsOf } from "./clients";
import { useFreshTopic } from "./queries";

/** Says what goes with a topic, and deletes it. */
export function DeleteTopic(props: { topic: Topic; opened: boolean; onClose: () => void }) {
  const { opened, onClose } = props;
  const { topic, isFresh } = useFreshTopic(props.topic, opened);
  const navigate = useNavigate();
  const { connectors = [], groups = [] } = useQuery(overviewQuery).data ?? {};
  const clients = clientsOf(topic.name, connectors, groups);
  const remove = async () => {
    await send("DELETE", path`/api/v1/topics/${topic.name}`);
    await navigate({ to: "/ui/topics" });
    queries.removeQueries({ queryKey: topicQuery(topic.name).queryKey });
  };
  return (
    <ConfirmByName
      opened={opened}
      onClose={onClose}
      title={text.deleteTopic}
      name={topic.name}
      action={text.deleteTopic}
      isReady={isFresh}
      run={remove}
    >
      <Text>{text.deleteLoses}</Text>
      <List>
        <List.Item>
          {common.records(topic.records)} ({size(topic.sizeBytes)})
        </List.Item>
        <List.Item>{common.partitions(topic.partitions)}</List.Item>
        {clients.groups.length > 0 && (
          <List.Item>{text.deletePositions(names(clients.groups))}</List.Item>
        )}
        {clients.writers.length > 0 && (
          <List.Item>{text.deleteWriters(names(clients.writers))}</List.Item>
        )}
        {clients.readers.length > 0 && (
          <List.Item>{text.deleteReaders(names(clients.readers))}</List.Item>
        )}
      </List>
    </ConfirmByName>
  );
}

function names(all: { name: string }[]): string {
  return all.map(({ name }) => name).join(", ");
}
