package dev.sluice.gateway.log;

import java.util.Set;

/** The topics in which the gateway keeps what it knows. Others may read them, and nothing else. */
public final class OwnTopics {

  /** Of each source, per source partition, where to go on. */
  public static final String SOURCE_POSITIONS = "_source_positions";

  /** Connectors that people have paused or stopped. */
  public static final String CONNECTOR_STATES = "_connector_states";

  /** Connectors that were made over HTTP, as they were declared. */
  public static final String CONNECTOR_CONFIGS = "_connector_configs";

  /** What happened, for people and programs. */
  public static final String EVENTS = "_events";

  /** Where earlier versions kept the positions of groups. */
  public static final String FORMER_GROUP_OFFSETS = "_group_offsets";

  /** All of them. */
  public static final Set<String> ALL =
      Set.of(SOURCE_POSITIONS, CONNECTOR_STATES, CONNECTOR_CONFIGS, EVENTS, FORMER_GROUP_OFFSETS);

  private OwnTopics() {}
}
