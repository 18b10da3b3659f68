import { Text } from "@mantine/core";
import { Fragment } from "react";
import { ViewAnchor } from "../../components/Links";
import { connectors as text } from "../../text/en/connectors";

const SHOWN = 3;

/** Links to topics; of many the first few. */
export function TopicLinks({ topics }: { topics: string[] }) {
  return (
    <>
      {topics.slice(0, SHOWN).map((topic, index) => (
        <Fragment key={topic}>
          {index > 0 && ", "}
          <ViewAnchor to="/ui/topics/$topic" params={{ topic }} size="sm">
            {topic}
          </ViewAnchor>
        </Fragment>
      ))}
      {topics.length > SHOWN && (
        <Text span size="sm" c="dimmed" title={topics.slice(SHOWN).join("\n")}>
          {" "}
          {text.more(topics.length - SHOWN)}
        </Text>
      )}
    </>
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
