import { Alert, List, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FileText } from "lucide-react";
import { path, send } from "../../api/client";
import { overviewQuery, queries, topicQuery } from "../../api/queries";
import type { Topic } from "../../api/schema";
import { ConfirmByName } from "../../components/ConfirmByName";
import { size } from "../../components/format";
import { common } from "../../text/en/common";
import { deadLetters } from "../../text/en/deadletters";
import { settings } from "../../text/en/settings";
import { topic as text } from "../../text/en/topic";
import { letterTopicsQuery } from "../deadletters/queries";
import { clientsOf } from "./clients";
import { declaredQuery, useFreshTopic } from "./queries";

/** Says what goes with a topic, and deletes it. */
export function DeleteTopic(props: { topic: Topic; opened: boolean; onClose: () => void }) {
  const { opened, onClose } = props;
  const { topic, isFresh } = useFreshTopic(props.topic, opened);
  const navigate = useNavigate();
  const { connectors = [], groups = [] } = useQuery(overviewQuery).data ?? {};
  const clients = clientsOf(topic.name, connectors, groups);
  const letters = useQuery({ ...letterTopicsQuery, enabled: opened });
  const dead = letters.data?.find(({ name }) => name === topic.name);
  const declared = useQuery({ ...declaredQuery, enabled: opened });
  const remove = async () => {
    await send("DELETE", path`/api/v1/topics/${topic.name}`);
    await navigate({ to: "/ui/topics", ignoreBlocker: true });
    queries.removeQueries({ queryKey: topicQuery(topic.name).queryKey });
  };
  return (
    <ConfirmByName
      opened={opened}
      onClose={onClose}
      title={text.deleteTopic}
      name={topic.name}
      action={text.deleteTopic}
      isReady={isFresh && !letters.isPending && !declared.isPending}
      run={remove}
    >
      <Text>{text.deleteLoses}</Text>
      <List>
        <List.Item>
          {common.records(topic.records)} ({size(topic.sizeBytes)})
        </List.Item>
        <List.Item>{common.partitions(topic.partitions)}</List.Item>
        {dead !== undefined && (
          <List.Item>{text.deleteLetters(deadLetters.letters(dead.open, dead.complete))}</List.Item>
        )}
        {clients.groups.length > 0 && (
          <List.Item>{text.deletePositions(names(clients.groups))}</List.Item>
        )}
        {clients.writers.length > 0 && (
          <List.Item>{text.deleteWriters(names(clients.writers))}</List.Item>
        )}
        {clients.readers.length > 0 && (
          <List.Item>{text.deleteReaders(names(clients.readers))}</List.Item>
        )}
        {clients.setAside.length > 0 && (
          <List.Item>{text.deleteSetAside(names(clients.setAside))}</List.Item>
        )}
      </List>
      {declared.data?.has(topic.name) && (
        <Alert color="orange" icon={<FileText size={18} />} title={settings.declared}>
          {text.deleteDeclared}
        </Alert>
      )}
    </ConfirmByName>
  );
}

function names(all: { name: string }[]): string {
  return all.map(({ name }) => name).join(", ");
}
