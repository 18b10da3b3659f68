package dev.sluice.broker.group;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;

/**
 * What can be set for all groups; the rest is as in Kafka.
 *
 * @param minSessionTimeout the shortest session timeout that a member may ask for
 * @param initialRebalanceDelay how long the first member of an empty classic group waits for others
 * @param sessionTimeout of the members of groups with the new protocol (KIP-848), which the server
 *     decides
 * @param heartbeatInterval of those members
 * @param minHeartbeatInterval the shortest one that can be set for such a group
 * @param offsetsRetention how long a group without members keeps its offsets
 * @param writeTimeout how long a change of a group may take to become durable
 * @param loadTimeout how long the first request waits for the groups to be read; the load goes on
 *     behind it
 */
public record CoordinatorSettings(
    Duration minSessionTimeout,
    Duration initialRebalanceDelay,
    Duration sessionTimeout,
    Duration heartbeatInterval,
    Duration minHeartbeatInterval,
    Duration offsetsRetention,
    Duration writeTimeout,
    Duration loadTimeout) {

  /**
   * Kafka's, but for the first rebalance: Kafka waits three seconds for more members, which a
   * single consumer feels at each start. Members that start together still meet within ours.
   */
  public static final CoordinatorSettings DEFAULT =
      new CoordinatorSettings(
          Duration.ofSeconds(6),
          Duration.ofMillis(300),
          Duration.ofSeconds(45),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofDays(7),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));

  /** Each member is in memory, and a change of one concerns all. Kafka has no limit. */
  private static final int MAX_MEMBERS = 10_000;

  private static final int MAX_SESSION_TIMEOUT_MILLIS = 30 * 60 * 1000;

  /** As Kafka's coordinator wants them. */
  public GroupCoordinatorConfig toCoordinatorConfig() {
    boolean isLogged = false;
    return new GroupCoordinatorConfig(
        new AbstractConfig(GroupCoordinatorConfig.CONFIG_DEF, values(), isLogged));
  }

  private Map<String, Object> values() {
    return Map.ofEntries(
        // Events never wait for the disk, so that few threads do.
        Map.entry(GroupCoordinatorConfig.GROUP_COORDINATOR_NUM_THREADS_CONFIG, 2),
        // The log gathers what comes while it forces: waiting for more would only delay.
        Map.entry(GroupCoordinatorConfig.GROUP_COORDINATOR_APPEND_LINGER_MS_CONFIG, 0),
        Map.entry(GroupCoordinatorConfig.OFFSETS_TOPIC_PARTITIONS_CONFIG, OffsetsTopic.PARTITIONS),
        Map.entry(GroupCoordinatorConfig.GROUP_MAX_SIZE_CONFIG, MAX_MEMBERS),
        Map.entry(GroupCoordinatorConfig.CONSUMER_GROUP_MAX_SIZE_CONFIG, MAX_MEMBERS),
        Map.entry(GroupCoordinatorConfig.STREAMS_GROUP_MAX_SIZE_CONFIG, MAX_MEMBERS),
        millis(GroupCoordinatorConfig.OFFSET_COMMIT_TIMEOUT_MS_CONFIG, writeTimeout),
        Map.entry(
            GroupCoordinatorConfig.OFFSETS_RETENTION_MINUTES_CONFIG,
            (int) offsetsRetention.toMinutes()),
        millis(GroupCoordinatorConfig.GROUP_MIN_SESSION_TIMEOUT_MS_CONFIG, minSessionTimeout),
        millis(
            GroupCoordinatorConfig.GROUP_INITIAL_REBALANCE_DELAY_MS_CONFIG, initialRebalanceDelay),
        millis(
            GroupCoordinatorConfig.CONSUMER_GROUP_MIN_SESSION_TIMEOUT_MS_CONFIG, minSessionTimeout),
        millis(GroupCoordinatorConfig.CONSUMER_GROUP_SESSION_TIMEOUT_MS_CONFIG, sessionTimeout),
        Map.entry(
            GroupCoordinatorConfig.CONSUMER_GROUP_MAX_SESSION_TIMEOUT_MS_CONFIG,
            MAX_SESSION_TIMEOUT_MILLIS),
        millis(
            GroupCoordinatorConfig.CONSUMER_GROUP_HEARTBEAT_INTERVAL_MS_CONFIG, heartbeatInterval),
        millis(
            GroupCoordinatorConfig.CONSUMER_GROUP_MIN_HEARTBEAT_INTERVAL_MS_CONFIG,
            minHeartbeatInterval),
        millis(
            GroupCoordinatorConfig.STREAMS_GROUP_MIN_SESSION_TIMEOUT_MS_CONFIG, minSessionTimeout),
        millis(GroupCoordinatorConfig.STREAMS_GROUP_SESSION_TIMEOUT_MS_CONFIG, sessionTimeout),
        Map.entry(
            GroupCoordinatorConfig.STREAMS_GROUP_MAX_SESSION_TIMEOUT_MS_CONFIG,
            MAX_SESSION_TIMEOUT_MILLIS),
        millis(
            GroupCoordinatorConfig.STREAMS_GROUP_HEARTBEAT_INTERVAL_MS_CONFIG, heartbeatInterval),
        millis(
            GroupCoordinatorConfig.STREAMS_GROUP_MIN_HEARTBEAT_INTERVAL_MS_CONFIG,
            minHeartbeatInterval));
  }

  private static Map.Entry<String, Object> millis(String key, Duration value) {
    return Map.entry(key, Math.toIntExact(value.toMillis()));
  }
}
