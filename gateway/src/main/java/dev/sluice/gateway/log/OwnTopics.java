package dev.sluice.gateway.log;

import java.util.Set;

/** The topics in which the gateway keeps what it knows. Others may read them, and nothing else. */
public final class OwnTopics {

  /** Of each source, per source partition, where to go on. */
  public static final String SOURCE_POSITIONS = "_source_positions";

  /** Connectors that people have paused or stopped. */
  public static final String CONNECTOR_STATES = "_connector_states";

  /** What happened, for people and programs. */
  public static final String EVENTS = "_events";

  /** Which dead letters have been dealt with, and how. */
  public static final String DEAD_LETTER_MARKS = "_dead_letter_marks";

  /** Where earlier versions kept the positions of groups. */
  public static final String FORMER_GROUP_OFFSETS = "_group_offsets";

  /** All of them. */
  public static final Set<String> ALL =
      Set.of(SOURCE_POSITIONS, CONNECTOR_STATES, EVENTS, DEAD_LETTER_MARKS, FORMER_GROUP_OFFSETS);

  private static final String REDELIVERY_PREFIX = "_redelivery.";

  private OwnTopics() {}

  /** The topic of what is to be delivered once more to this sink or rule, and to no other. */
  public static String redelivery(String connector) {
    return REDELIVERY_PREFIX + connector;
  }

  /** Whether the topic holds what is delivered once more. */
  public static boolean isRedelivery(String topic) {
    return topic.startsWith(REDELIVERY_PREFIX);
  }

  /** Whether the topic is one of the gateway's own. */
  public static boolean contains(String topic) {
    return ALL.contains(topic) || isRedelivery(topic);
  }
}
