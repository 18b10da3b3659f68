import { Anchor, List, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Fragment } from "react";
import { ViewAnchor } from "../../components/Links";
import { connectors as text } from "../../text/en/connectors";

const SHOWN = 3;

/** Links to topics; of many the first few. */
export function TopicLinks({ topics }: { topics: string[] }) {
  return (
    <>
      <First topics={topics} />
      {topics.length > SHOWN && (
        <Text span size="sm" c="dimmed" title={topics.slice(SHOWN).join("\n")}>
          {" "}
          {text.more(topics.length - SHOWN)}
        </Text>
      )}
    </>
  );
}

/** Links to topics; of many the first few, and all where someone wants them. */
export function AllTopicLinks({ topics }: { topics: string[] }) {
  const [isOpen, { toggle }] = useDisclosure();
  if (topics.length <= SHOWN) {
    return <First topics={topics} />;
  }
  return (
    <>
      {isOpen ? (
        <ScrollArea.Autosize mah={240}>
          <List size="sm" listStyleType="none" withPadding={false}>
            {topics.map((topic) => (
              <List.Item key={topic}>
                <TopicLink topic={topic} />
              </List.Item>
            ))}
          </List>
        </ScrollArea.Autosize>
      ) : (
        <First topics={topics} />
      )}{" "}
      <Anchor component="button" type="button" fz="sm" onClick={toggle} aria-expanded={isOpen}>
        {isOpen ? text.fewer : text.more(topics.length - SHOWN)}
      </Anchor>
    </>
  );
}

function First({ topics }: { topics: string[] }) {
  return topics.slice(0, SHOWN).map((topic, index) => (
    <Fragment key={topic}>
      {index > 0 && ", "}
      <TopicLink topic={topic} />
    </Fragment>
  ));
}

function TopicLink({ topic }: { topic: string }) {
  return (
    <ViewAnchor to="/ui/topics/$topic" params={{ topic }} fz="sm">
      {topic}
    </ViewAnchor>
  );
}

/** What a connector reads and writes. */
export function Flow({ reads, writes }: { reads: string[]; writes: string[] }) {
  if (reads.length + writes.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {text.noTopics}
      </Text>
    );
  }
  return (
    <>
      <TopicLinks topics={reads} />
      {writes.length > 0 && " → "}
      <TopicLinks topics={writes} />
    </>
  );
}
