package dev.sluice.gateway.manage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.gateway.log.KeyedTopic;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was declared over HTTP, in the topic {@value #TOPIC}: the key is the connector's name, the
 * value a {@link Declaration} as JSON. Thread-safe; one connector is changed by one thread at a
 * time.
 */
final class ConnectorConfigs {

  static final String TOPIC = OwnTopics.CONNECTOR_CONFIGS;

  private static final int SNAPSHOT_EVERY = 1_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final KeyedTopic topic;

  private ConnectorConfigs(KeyedTopic topic) {
    this.topic = topic;
  }

  /**
   * Opens the topic and reads it.
   *
   * @throws LogException if it can be neither created nor read
   */
  static ConnectorConfigs open(Topics topics, Records records, Clock clock) {
    return new ConnectorConfigs(KeyedTopic.open(topics, records, TOPIC, clock, SNAPSHOT_EVERY));
  }

  /** All of them by name. */
  SortedMap<String, Declaration> all() {
    SortedMap<String, Declaration> all = new TreeMap<>();
    topic.entries().forEach((name, json) -> all.put(name, read(name, json)));
    return all;
  }

  Optional<Declaration> find(String name) {
    return Optional.ofNullable(topic.entries().get(name)).map(json -> read(name, json));
  }

  int count() {
    return topic.entries().size();
  }

  /** Stores a declaration; durable when this returns. */
  void put(String name, Declaration declaration) {
    try {
      change(Map.of(name, JSON.writeValueAsBytes(declaration)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A declaration can't be written as JSON", impossible);
    }
  }

  /** Forgets a declaration; durable when this returns. */
  void forget(String name) {
    change(Collections.singletonMap(name, null));
  }

  private void change(Map<String, byte @Nullable []> changes) {
    try {
      topic.put(changes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException(LogException.Code.CLOSED, "Interrupted while writing to the log.", e);
    }
  }

  private static Declaration read(String name, byte[] json) {
    try {
      return JSON.readValue(json, Declaration.class);
    } catch (IOException broken) {
      throw new LogException(
          LogException.Code.INTERNAL,
          "The topic %s holds something under '%s' that is no declaration. Nobody but the gateway may write there: restore it from a backup, or delete the connector and make it anew."
              .formatted(TOPIC, name),
          broken);
    }
  }
}
