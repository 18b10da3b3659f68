package dev.sluice.gateway.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.partition.PartitionId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumedByGroupsTest {

  private static final OptionalLong NOTHING = OptionalLong.of(0);

  @TempDir private Path directory = Path.of(".");
  private final Groups groups = new InMemoryLog().groups();
  private final Set<String> declared = new HashSet<>();
  private Broker broker;
  private ConsumedByGroups consumed;

  @BeforeEach
  void open() {
    broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    consumed =
        new ConsumedByGroups(broker, groups, topic -> topic.equals("t") ? declared : Set.of());
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void withoutAnyReaderNothingIsConsumed() {
    topic(Readers.ALL);
    assertThat(of(0)).isEmpty();
    commit("elsewhere", new TopicPartition("other", 0), 5);
    assertThat(of(0)).isEmpty();
  }

  @Test
  void theSlowestGroupDecides() {
    topic(Readers.ALL);
    commit("fast", t(0), 9);
    assertThat(of(0)).hasValue(9);
    commit("slow", t(0), 3);
    assertThat(of(0)).hasValue(3);
  }

  @Test
  void aGroupHoldsAPartitionThatItHasNotReachedYet() {
    topic(Readers.ALL);
    commit("all", t(0), 9);
    commit("all", t(1), 9);
    commit("half", t(0), 7);
    assertThat(of(0)).hasValue(7);
    assertThat(of(1)).isEqualTo(NOTHING);
  }

  @Test
  void aDeclaredSinkHoldsItsTopicBeforeItHasCommittedAnything() {
    topic(Readers.ALL);
    declared.add("connect-new");
    assertThat(of(0)).isEqualTo(NOTHING);
    commit("fast", t(0), 9);
    assertThat(of(0)).isEqualTo(NOTHING);
    commit("connect-new", t(0), 4);
    assertThat(of(0)).hasValue(4);
  }

  @Test
  void onlyNamedGroupsCountWhereSomeAreNamed() {
    topic(new Readers(List.of("billing", "audit")));
    commit("other", t(0), 1);
    declared.add("connect-other");
    commit("billing", t(0), 8);
    assertThat(of(0)).as("audit has not begun").isEqualTo(NOTHING);
    commit("audit", t(0), 6);
    assertThat(of(0)).hasValue(6);
  }

  @Test
  void aDeletedGroupHoldsNothingBackAnyMore() {
    topic(Readers.ALL);
    commit("fast", t(0), 9);
    commit("dead", t(0), 2);
    groups.delete("dead");
    assertThat(of(0)).hasValue(9);
  }

  @Test
  void anOffsetBehindTheEndIsOneOfAnotherLog() {
    topic(Readers.ALL);
    commit("of-the-deleted-topic", t(0), 11);
    assertThat(of(0)).isEqualTo(NOTHING);
    commit("of-the-deleted-topic", t(0), 10);
    assertThat(of(0)).hasValue(10);
  }

  @Test
  void aTopicThatKeepsWhatWasReadConsumesNothing() {
    topic(null);
    commit("fast", t(0), 9);
    assertThat(of(0)).isEmpty();
    assertThat(consumed.of(new PartitionId("unknown", 0))).isEmpty();
  }

  /** A topic with two partitions of ten records each. */
  private void topic(@org.jspecify.annotations.Nullable Readers readers) {
    var unused =
        new EmbeddedTopics(broker)
            .create("t", 2, new TopicSettings(new Retention(null, null, readers)));
    List<NewRecord> ten =
        Collections.nCopies(10, new NewRecord(0, null, new byte[] {1}, List.of()));
    EmbeddedRecords records = new EmbeddedRecords(broker);
    assertThat(records.append(t(0), ten).join().count()).isEqualTo(10);
    assertThat(records.append(t(1), ten).join().count()).isEqualTo(10);
  }

  private void commit(String group, TopicPartition partition, long offset) {
    groups.commit(group, Map.of(partition, offset));
  }

  private OptionalLong of(int partition) {
    return consumed.of(new PartitionId("t", partition));
  }

  private static TopicPartition t(int partition) {
    return new TopicPartition("t", partition);
  }
}
