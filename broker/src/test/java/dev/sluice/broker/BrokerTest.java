package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.fetch.VisibleWait;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.topic.TopicException;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.record.RecordBatchBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerTest {

  @TempDir private Path directory = Path.of(".");

  @Test
  void topicsAndRecordsAreThereAfterARestart() {
    TopicConfig week = new TopicConfig(Duration.ofDays(7).toMillis(), 1L << 30);
    Topic created;
    try (Broker broker = open()) {
      created = broker.topics().create("orders", 3, week);
      append(broker.partition("orders", 2), "a", "b");
    }
    try (Broker broker = open()) {
      assertThat(broker.topics().find("orders")).contains(created);
      assertThat(broker.partition("orders", 2).highWatermark()).isEqualTo(2);
      assertThat(broker.partition("orders", 0).highWatermark()).isZero();
    }
  }

  @Test
  void aChangedTopicKeepsItsIdAndGrows() {
    try (Broker broker = open()) {
      Topic before = broker.topics().create("t", 1, TopicConfig.FOREVER);
      Topic after = broker.topics().update("t", 4, new TopicConfig(1_000L, null));
      assertThat(after.id()).isEqualTo(before.id());
      assertThat(broker.partition("t", 3).highWatermark()).isZero();
      assertThat(broker.partition("t", 0).settings().retention().time())
          .isEqualTo(Duration.ofSeconds(1));
      assertThatThrownBy(() -> broker.topics().update("t", 2, TopicConfig.FOREVER))
          .isInstanceOf(TopicException.class)
          .hasMessageContaining("can't be fewer");
    }
  }

  @Test
  void aDeletedTopicIsGoneAndItsNameIsFree() {
    try (Broker broker = open()) {
      broker.topics().create("t", 2, TopicConfig.FOREVER);
      append(broker.partition("t", 0), "old");
      broker.topics().delete("t");
      assertThat(directory.resolve("t-0")).doesNotExist();
      assertThatThrownBy(() -> broker.partition("t", 0))
          .isInstanceOfSatisfying(
              TopicException.class,
              e -> assertThat(e.code()).isEqualTo(TopicException.Code.UNKNOWN_TOPIC));
      broker.topics().create("t", 1, TopicConfig.FOREVER);
      assertThat(broker.partition("t", 0).highWatermark()).isZero();
    }
    try (Broker broker = open()) {
      assertThat(broker.topics().find("t")).isPresent();
    }
  }

  @Test
  void foldersThatACrashLeftOfADeletedTopicAreRemoved() throws IOException {
    try (Broker broker = open()) {
      broker.topics().create("t", 1, TopicConfig.FOREVER);
      broker.topics().delete("t");
    }
    Files.createDirectories(directory.resolve("t-0"));
    try (Broker broker = open()) {
      assertThat(directory.resolve("t-0")).doesNotExist();
      assertThat(broker.topics().list()).isEmpty();
    }
  }

  @Test
  void foldersOfUnknownTopicsAreLeftAloneAndTheirNamesRefused() throws IOException {
    Files.createDirectories(directory.resolve("foreign-0"));
    try (Broker broker = open()) {
      assertThat(directory.resolve("foreign-0")).exists();
      assertThatThrownBy(() -> broker.topics().create("foreign", 1, TopicConfig.FOREVER))
          .isInstanceOf(TopicException.class)
          .hasMessageContaining("Move them away");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "ä", "a b", "a:b"})
  void namesThatKafkaWouldRefuseAreRefused(String name) {
    try (Broker broker = open()) {
      assertThatThrownBy(() -> broker.topics().create(name, 1, TopicConfig.FOREVER))
          .isInstanceOfSatisfying(
              TopicException.class,
              e -> assertThat(e.code()).isEqualTo(TopicException.Code.INVALID_TOPIC));
    }
  }

  @Test
  void aSecondBrokerIsRefusedTheDirectory() {
    Broker first = open();
    try (first) {
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              StorageException.class,
              e -> assertThat(e.code()).isEqualTo(StorageException.Code.LOCKED));
    }
  }

  @Test
  void aWaitEndsWithTheAppendThatServesIt() throws InterruptedException {
    try (Broker broker = open()) {
      broker.topics().create("t", 2, TopicConfig.FOREVER);
      Map<PartitionLog, Long> both =
          Map.of(broker.partition("t", 0), 0L, broker.partition("t", 1), 0L);
      assertThat(VisibleWait.await(both, Duration.ofMillis(1))).isFalse();
      Thread appender = Thread.ofVirtual().start(() -> append(broker.partition("t", 1), "served"));
      assertThat(VisibleWait.await(both, Duration.ofSeconds(30))).isTrue();
      appender.join();
    }
  }

  private Broker open() {
    return Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
  }

  private static void append(PartitionLog log, String... values) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (String value : values) {
      builder.append(0, null, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    log.append(builder).join();
  }
}
