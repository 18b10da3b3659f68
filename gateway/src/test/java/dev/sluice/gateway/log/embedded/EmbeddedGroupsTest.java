package dev.sluice.gateway.log.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.kafka.KafkaGate;
import dev.sluice.gateway.kafka.TestGate;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.KeyedTopic;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedGroupsTest {

  private static final TopicPartition A0 = new TopicPartition("a", 0);
  private static final TopicPartition A1 = new TopicPartition("a", 1);
  private static final TopicPartition GONE = new TopicPartition("gone", 0);

  @TempDir private Path directory = Path.of(".");
  private Broker broker;
  private KafkaGate kafka;
  private EmbeddedTopics topics;
  private EmbeddedRecords records;
  private Groups groups;

  @BeforeEach
  void open() {
    broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    kafka = TestGate.before(broker);
    topics = new EmbeddedTopics(broker);
    records = new EmbeddedRecords(broker);
    groups = new EmbeddedGroups(kafka.groups());
    if (topics.partitionCount("a") == 0) {
      assertThat(topics.create("a", 2, TopicSettings.DEFAULT).partitions()).hasSize(2);
    }
  }

  @AfterEach
  void close() {
    kafka.close();
    broker.close();
  }

  @Test
  void whatIsCommittedIsThereAfterARestart() {
    assertThat(groups.list()).isEmpty();
    groups.commit("x", Map.of(A0, 1L, A1, 2L));
    groups.commit("x", Map.of(A0, 3L));
    groups.commit("y", Map.of(A0, 4L));
    groups.delete("y");
    groups.delete("never-heard-of");
    close();
    open();
    assertThat(groups.list()).containsExactly("x");
    assertThat(groups.committed("x")).isEqualTo(Map.of(A0, 3L, A1, 2L));
    assertThat(groups.committed("y")).isEmpty();
  }

  @Test
  void askingMakesNothing() {
    assertThat(groups.list()).isEmpty();
    assertThat(groups.committed("x")).isEmpty();
    assertThat(topics.list()).extracting("name").containsExactly("a");
  }

  @Test
  void positionsOfAnEarlierVersionMoveOnce() throws Exception {
    former(Map.of("x\ta\t0", "5", "x\ta\t1", "6", "y\tgone\t0", "7", "z\ta\t0", "8"));
    former(removed("z\ta\t0"));

    FormerGroups.takeOver(topics, records, groups);

    assertThat(groups.list()).containsExactly("x");
    assertThat(groups.committed("x")).isEqualTo(Map.of(A0, 5L, A1, 6L));
    assertThat(groups.committed("y")).doesNotContainKey(GONE);
    assertThat(topics.partitionCount(OwnTopics.FORMER_GROUP_OFFSETS)).isZero();
    FormerGroups.takeOver(topics, records, groups);
    assertThat(groups.committed("x")).isEqualTo(Map.of(A0, 5L, A1, 6L));
  }

  @Test
  void aMoveThatWasInterruptedIsDoneAgain() throws Exception {
    former(Map.of("x\ta\t0", "5", "y\ta\t1", "6"));
    groups.commit("x", Map.of(A0, 5L)); // So far an earlier process came.
    close();
    open();
    FormerGroups.takeOver(topics, records, groups);
    assertThat(groups.committed("x")).isEqualTo(Map.of(A0, 5L));
    assertThat(groups.committed("y")).isEqualTo(Map.of(A1, 6L));
  }

  private void former(Map<String, @Nullable String> positions) throws Exception {
    KeyedTopic topic =
        KeyedTopic.open(topics, records, OwnTopics.FORMER_GROUP_OFFSETS, Clock.systemUTC(), 1_000);
    Map<String, byte @Nullable []> changes = new HashMap<>();
    positions.forEach(
        (key, offset) -> changes.put(key, offset == null ? null : offset.getBytes(UTF_8)));
    topic.put(changes);
  }

  private static Map<String, @Nullable String> removed(String key) {
    Map<String, @Nullable String> removed = new HashMap<>();
    removed.put(key, null);
    return removed;
  }
}
