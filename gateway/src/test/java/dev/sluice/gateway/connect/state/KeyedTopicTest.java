package dev.sluice.gateway.connect.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.connect.FaultyRecords;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.KeyedTopic;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class KeyedTopicTest {

  private static final TopicPartition STATES = new TopicPartition("_states", 0);

  private final InMemoryLog log = new InMemoryLog();

  private KeyedTopic open(int snapshotEvery) {
    return KeyedTopic.open(log, log, "_states", Clock.systemUTC(), snapshotEvery);
  }

  private static void put(KeyedTopic topic, String key, String value) throws Exception {
    topic.put(Map.of(key, value.getBytes(UTF_8)));
  }

  private static Map<String, String> texts(KeyedTopic topic) {
    Map<String, String> texts = new TreeMap<>();
    topic.entries().forEach((key, value) -> texts.put(key, new String(value, UTF_8)));
    return texts;
  }

  @Test
  void remembersTheLastValueOfEachKeyAndForgetsTombstones() throws Exception {
    KeyedTopic topic = open(100);
    put(topic, "a", "1");
    put(topic, "b", "2");
    put(topic, "a", "3");
    topic.put(Collections.singletonMap("b", null));

    assertThat(texts(topic)).isEqualTo(Map.of("a", "3"));
    assertThat(texts(open(100))).isEqualTo(Map.of("a", "3"));
  }

  @Test
  void refusesToOpenWithAPartOfItsStateMissing() throws Exception {
    put(open(100), "a", "1");
    log.appendUnreadable(STATES, 2, 0);

    assertThatThrownBy(() -> open(100))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("_states-0 can't be read from offset 1 on: Malformed as told.");
  }

  @Test
  void staysShortHoweverOftenItChanges() throws Exception {
    KeyedTopic topic = open(10);
    put(topic, "steady", "x");
    for (int i = 0; i < 1_000; i++) {
      put(topic, "a" + i % 3, Integer.toString(i));
    }

    long length = log.endOffset(STATES) - log.startOffset(STATES);
    assertThat(length).isLessThanOrEqualTo(10 + 2 * 4);
    assertThat(texts(open(10)))
        .isEqualTo(Map.of("steady", "x", "a0", "999", "a1", "997", "a2", "998"));
  }

  @Test
  void aSnapshotOfNothingEmptiesTheTopic() throws Exception {
    KeyedTopic topic = open(2);
    put(topic, "a", "1");
    topic.put(Collections.singletonMap("a", null));

    assertThat(log.startOffset(STATES)).isEqualTo(log.endOffset(STATES));
    assertThat(texts(open(2))).isEmpty();
  }

  @Test
  void aFailedPutIsNotSeen() throws Exception {
    KeyedTopic topic = open(100);
    put(topic, "a", "1");
    log.failAppends(new LogException(LogException.Code.DISK_FULL, "Full."));

    assertThatThrownBy(() -> put(topic, "a", "2")).isInstanceOf(LogException.class);
    assertThat(texts(topic)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void losesNothingWhenSnapshotsAndPutsOverlap() throws Exception {
    KeyedTopic topic = open(5);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> writers =
          threads.invokeAll(List.of(writer(topic, "a"), writer(topic, "b"), writer(topic, "c")));
      for (Future<Void> writer : writers) {
        var unused = writer.get();
      }
    }

    Map<String, String> expected = new HashMap<>();
    for (String name : List.of("a", "b", "c")) {
      for (int i = 0; i < 4; i++) {
        expected.put(name + i, Integer.toString(496 + i));
      }
    }
    assertThat(texts(topic)).isEqualTo(expected);
    assertThat(texts(open(5))).isEqualTo(expected);
  }

  @Test
  void aSnapshotWaitsForPutsThatAreStillOnTheirWay() throws Exception {
    FaultyRecords records = new FaultyRecords(log);
    KeyedTopic topic = KeyedTopic.open(log, records, "_states", Clock.systemUTC(), 1);
    CompletableFuture<Void> answer = records.answerNextLate();
    FutureTask<Void> slow = new FutureTask<>(writing(topic, "slow", 1));
    Thread slowThread = Thread.startVirtualThread(slow);
    await().atMost(Duration.ofSeconds(10)).until(() -> log.appendCount() == 1);

    FutureTask<Void> fast = new FutureTask<>(writing(topic, "fast", 2));
    Thread fastThread = Thread.startVirtualThread(fast);
    await().atMost(Duration.ofSeconds(10)).until(() -> log.appendCount() == 3);
    // Time in which a snapshot that does not wait would come and go.
    boolean early = fastThread.join(Duration.ofMillis(50));
    answer.complete(null);

    slowThread.join();
    fastThread.join();
    assertThat(early).isFalse();
    assertThat(texts(open(1))).isEqualTo(Map.of("slow", "1", "fast", "2"));
  }

  private static Callable<Void> writing(KeyedTopic topic, String key, int times) {
    return () -> {
      for (int i = 1; i <= times; i++) {
        put(topic, key, Integer.toString(i));
      }
      return null;
    };
  }

  private static Callable<Void> writer(KeyedTopic topic, String name) {
    return () -> {
      for (int i = 0; i < 500; i++) {
        put(topic, name + i % 4, Integer.toString(i));
      }
      return null;
    };
  }

  @Test
  void positionsAreKeptApartByConnectorAndPartitionWhateverTheOrderOfTheirNames() throws Exception {
    PositionStore store = PositionStore.open(log, log, Clock.systemUTC());
    Map<String, Object> ab = new java.util.LinkedHashMap<>();
    ab.put("a", 1);
    ab.put("b", null);
    Map<String, Object> ba = new java.util.LinkedHashMap<>();
    ba.put("b", null);
    ba.put("a", 1L);
    Map<String, Object> offset = new HashMap<>();
    offset.put("lsn", 12_345_678_901L);
    offset.put("list", Arrays.asList(1, null));

    store.store("x", List.of(new SourcePosition(ab, Map.of("old", 1))));
    store.store("x", List.of(new SourcePosition(ba, offset)));
    store.store("x2", List.of(new SourcePosition(Map.of(), Map.of("other", true))));

    PositionStore reopened = PositionStore.open(log, log, Clock.systemUTC());
    assertThat(reopened.positions("x")).hasSize(1);
    assertThat(reopened.positions("x").getFirst().offset()).isEqualTo(offset);
    assertThat(reopened.positions("x2")).hasSize(1);
    assertThat(reopened.positions("y")).isEmpty();

    reopened.forget("x");
    assertThat(PositionStore.open(log, log, Clock.systemUTC()).positions("x")).isEmpty();
    assertThat(reopened.positions("x2")).hasSize(1);
  }
}
