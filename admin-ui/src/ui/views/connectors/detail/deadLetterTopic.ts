import type { DeadLetterTopic } from "../../../api/schema";

/** The topic where a connector sets records aside; undefined unless that is one. */
export function deadLetterTopicOf(topics: DeadLetterTopic[], connector: string) {
  const [topic, ...others] = topics.filter(({ connectors }) => connectors.includes(connector));
  return others.length === 0 ? topic : undefined;
}
