package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.metadata.CompactionConfig;
import dev.sluice.broker.metadata.FlushConfig;
import dev.sluice.broker.metadata.SegmentConfig;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.flush.FlushPolicy;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.TimestampType;
import dev.sluice.log.retention.Retention;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSettingsTest {

  private static final TopicConfig EVERYTHING =
      new TopicConfig(
          60_000L,
          1L << 30,
          List.of("audit", "billing"),
          new CompactionConfig(0.3, 1_000L, 2_000L, 3_000L),
          new FlushConfig(FlushMode.INTERVAL, 250L),
          TimestampType.APPEND_TIME,
          4 << 20,
          new SegmentConfig(256 << 20, 86_400_000L));

  @TempDir private Path directory = Path.of(".");

  @Test
  void everySettingReachesThePartitionsAndIsThereAfterARestart() {
    PartitionSettings expected =
        new PartitionSettings(
            256 << 20,
            Duration.ofDays(1),
            new Retention(Duration.ofMinutes(1), 1L << 30, true),
            new Compaction(
                0.3, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
            FlushPolicy.every(Duration.ofMillis(250)),
            TimestampType.APPEND_TIME,
            4 << 20,
            PartitionSettings.DEFAULT.maxUnflushedBytes());
    try (Broker broker = open()) {
      broker.topics().create("t", 2, EVERYTHING);
      assertThat(broker.partition("t", 1).settings()).isEqualTo(expected);
    }
    try (Broker broker = open()) {
      assertThat(broker.topics().find("t").orElseThrow().config()).isEqualTo(EVERYTHING);
      assertThat(broker.partition("t", 1).settings()).isEqualTo(expected);
      broker.topics().update("t", 2, TopicConfig.FOREVER);
      assertThat(broker.partition("t", 0).settings()).isEqualTo(PartitionSettings.DEFAULT);
    }
  }

  @Test
  void whatIsNotSetIsTheLogsDefault() {
    assertThat(EffectiveSettings.of(TopicConfig.FOREVER)).isEqualTo(PartitionSettings.DEFAULT);
    CompactionConfig standard = new CompactionConfig(null, null, null, null);
    assertThat(standard.toCompaction()).isEqualTo(Compaction.DEFAULT);
    TopicConfig age =
        new TopicConfig(null, null, null, null, null, null, null, new SegmentConfig(null, 5L));
    assertThat(EffectiveSettings.of(age).segmentBytes())
        .isEqualTo(PartitionSettings.DEFAULT.segmentBytes());
  }

  @Test
  void aBatchThatMayBeLargerThanWhatWaitsForTheDiskWidensThat() {
    TopicConfig large = new TopicConfig(null, null, null, null, null, null, 64 << 20, null);
    assertThat(EffectiveSettings.of(large).maxUnflushedBytes()).isEqualTo(64 << 20);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new CompactionConfig(1.5, null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CompactionConfig(null, 2L, 1L, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FlushConfig(FlushMode.INTERVAL, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FlushConfig(FlushMode.OS, 5L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SegmentConfig(0, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void maintenanceDeletesWhatWasConsumed() {
    TopicConfig consumed = new TopicConfig(null, null, List.of(), null, null, null, null, null);
    try (Broker broker = open()) {
      broker.topics().create("t", 1, consumed);
      RecordBatchBuilder builder = new RecordBatchBuilder();
      builder.append(0, null, "a".getBytes(StandardCharsets.UTF_8));
      builder.append(0, null, "b".getBytes(StandardCharsets.UTF_8));
      broker.partition("t", 0).append(builder).join();

      broker.maintain();
      assertThat(broker.partition("t", 0).logStartOffset()).isZero();
      broker.consumedBy(partition -> OptionalLong.of(1));
      broker.maintain();
      assertThat(broker.partition("t", 0).logStartOffset()).isEqualTo(1);
    }
  }

  private Broker open() {
    return Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
  }
}
