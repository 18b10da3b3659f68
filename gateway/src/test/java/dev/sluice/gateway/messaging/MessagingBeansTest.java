package dev.sluice.gateway.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.rest.InMemoryPorts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;

/** A bean reads and writes topics by annotations alone. */
@QuarkusTest
@TestProfile(InMemoryPorts.class)
class MessagingBeansTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final TopicPartition IN = new TopicPartition("shout.in", 0);

  @Inject Topics topics;
  @Inject Records records;
  @Inject Groups groups;
  @Inject Events events;
  @Inject ObjectMapper json;

  /** Repeats everything louder. */
  @ApplicationScoped
  static class Shouter {
    @Incoming("shout-in")
    @Outgoing("shout-out")
    String shout(String text) {
      return text.toUpperCase(Locale.ROOT);
    }
  }

  @Test
  void aBeanReadsATopicAndWritesAnother() {
    topics.create("shout.in", 1, TopicSettings.DEFAULT);
    for (String text : List.of("one", "two")) {
      records.append(IN, List.of(new NewRecord(0, null, text.getBytes(UTF_8), List.of()))).join();
    }
    await().atMost(LIMIT).until(() -> texts("shout.out").equals(List.of("ONE", "TWO")));
    await().atMost(LIMIT).until(() -> groups.committed("shouter").equals(Map.of(IN, 2L)));
  }

  @Test
  void whatHappensStandsInTheEventTopic() {
    Instant time = Instant.parse("2026-01-02T03:04:05Z");
    events.publish(new Event("connector.started", "shop", "Connector shop runs.", time));
    await().atMost(LIMIT).until(() -> !written("_events", "shop").isEmpty());
    JsonNode event = written("_events", "shop").getFirst();
    assertThat(event.path("type").asText()).isEqualTo("connector.started");
    assertThat(event.path("time").asText()).isEqualTo("2026-01-02T03:04:05Z");
  }

  private List<String> texts(String topic) {
    return all(topic).stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private List<JsonNode> written(String topic, String key) {
    return all(topic).stream()
        .filter(record -> record.key() != null && new String(record.key(), UTF_8).equals(key))
        .map(
            record -> {
              try {
                return json.readTree(record.value());
              } catch (IOException notJson) {
                throw new AssertionError(notJson);
              }
            })
        .toList();
  }

  private List<StoredRecord> all(String topic) {
    return topics.partitionCount(topic) == 0
        ? List.of()
        : records.read(new TopicPartition(topic, 0), 0, 1_000, 1 << 20).records();
  }
}
