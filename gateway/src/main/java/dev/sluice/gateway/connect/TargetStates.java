package dev.sluice.gateway.connect;

import dev.sluice.gateway.log.KeyedTopic;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;

/**
 * What people want of connectors, in the topic {@value #TOPIC}: the key is the connector's name,
 * the value the target state's name. Connectors without an entry are to run. Thread-safe.
 */
final class TargetStates {

  static final String TOPIC = OwnTopics.CONNECTOR_STATES;

  private static final int SNAPSHOT_EVERY = 1_000;

  private final KeyedTopic topic;

  private TargetStates(KeyedTopic topic) {
    this.topic = topic;
  }

  static TargetStates open(Topics topics, Records records, Clock clock) {
    return new TargetStates(KeyedTopic.open(topics, records, TOPIC, clock, SNAPSHOT_EVERY));
  }

  TargetState of(String connector) {
    byte[] stored = topic.entries().get(connector);
    return stored == null
        ? TargetState.STARTED
        : TargetState.valueOf(new String(stored, StandardCharsets.UTF_8));
  }

  /** Stores a target state; durable when this returns. */
  void set(String connector, TargetState target) throws InterruptedException {
    if (of(connector) == target) {
      return;
    }
    byte[] value =
        target == TargetState.STARTED ? null : target.name().getBytes(StandardCharsets.UTF_8);
    topic.put(Collections.singletonMap(connector, value));
  }
}
