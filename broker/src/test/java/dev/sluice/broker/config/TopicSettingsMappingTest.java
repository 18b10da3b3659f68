package dev.sluice.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.metadata.CompactionConfig;
import dev.sluice.broker.metadata.FlushConfig;
import dev.sluice.broker.metadata.SegmentConfig;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.record.TimestampType;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSettingsMappingTest {

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

  @Test
  void aTopicThatWasNotDeclaredOverKafkaIsShownInItsWords() {
    assertThat(TopicSettingsMapping.toKafka(EVERYTHING))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("cleanup.policy", "compact,delete"),
                Map.entry("retention.ms", "60000"),
                Map.entry("retention.bytes", "1073741824"),
                Map.entry("sluice.retention.consumed", "audit,billing"),
                Map.entry("min.cleanable.dirty.ratio", "0.3"),
                Map.entry("min.compaction.lag.ms", "1000"),
                Map.entry("max.compaction.lag.ms", "2000"),
                Map.entry("delete.retention.ms", "3000"),
                Map.entry("sluice.flush", "interval"),
                Map.entry("flush.ms", "250"),
                Map.entry("message.timestamp.type", "LogAppendTime"),
                Map.entry("max.message.bytes", "4194304"),
                Map.entry("segment.bytes", "268435456"),
                Map.entry("segment.ms", "86400000")));
  }

  @Test
  void thereAndBackChangesNothing() {
    assertThat(TopicSettingsMapping.fromKafka(TopicSettingsMapping.toKafka(EVERYTHING)))
        .isEqualTo(EVERYTHING);
  }

  @Test
  void allGroupsHaveAWordOfTheirOwn() {
    TopicConfig all = TopicSettingsMapping.fromKafka(Map.of("sluice.retention.consumed", "all"));
    assertThat(all.consumedBy()).isEmpty();
    assertThat(TopicSettingsMapping.toKafka(all))
        .isEqualTo(Map.of("sluice.retention.consumed", "all"));
  }

  @Test
  void onlyAPolicyWithDeleteInItLetsRecordsBeDeleted() {
    assertThat(allowsDeletion(Map.of())).isTrue();
    assertThat(allowsDeletion(Map.of("cleanup.policy", "compact,delete"))).isTrue();
    assertThat(allowsDeletion(Map.of("cleanup.policy", "compact"))).isFalse();
    assertThat(allowsDeletion(Map.of("cleanup.policy", ""))).isFalse();
  }

  private static boolean allowsDeletion(Map<String, String> set) {
    return TopicSettingsMapping.allowsDeletion(TopicSettingsMapping.fromKafka(set));
  }

  @Test
  void whatKafkaStreamsAndConnectSetIsTaken() {
    List<Map<String, String>> theirs =
        List.of(
            Map.of("cleanup.policy", "compact", "message.timestamp.type", "CreateTime"),
            Map.of("cleanup.policy", "compact,delete", "retention.ms", "86700000"),
            Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "90000000"),
            Map.of("cleanup.policy", "delete", "segment.bytes", "52428800", "retention.ms", "-1"),
            Map.of("cleanup.policy", "compact"));
    for (Map<String, String> set : theirs) {
      set.forEach((name, value) -> TopicSettingsMapping.settings().require(name).parse(value));
      assertThat(TopicSettingsMapping.toKafka(TopicSettingsMapping.fromKafka(set))).isEqualTo(set);
    }
  }

  @Test
  void aLagThatForbidsCompactionForEverIsTaken() {
    Map<String, String> set =
        Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", Long.toString(Long.MAX_VALUE));
    assertThat(TopicSettingsMapping.toKafka(TopicSettingsMapping.fromKafka(set))).isEqualTo(set);
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    assertRefused(Map.of("min.compaction.lag.ms", "2", "max.compaction.lag.ms", "1"), "Lags");
    assertRefused(Map.of("sluice.flush", "interval"), "needs flush.ms");
    assertRefused(Map.of("sluice.flush", "os", "flush.ms", "5"), "use interval");
    assertRefused(Map.of("sluice.flush", "os", "flush.messages", "1"), "flush.messages");
  }

  private static void assertRefused(Map<String, String> set, String reason) {
    assertThatThrownBy(() -> TopicSettingsMapping.fromKafka(set))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"retention.mss", "retentions.ms", "retenton.ms"})
  void anUnknownSettingIsRefusedWithTheNearestThereIs(String name) {
    assertThatThrownBy(() -> TopicSettingsMapping.settings().require(name))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage("There is no topic setting '" + name + "'; did you mean 'retention.ms'?");
  }

  @Test
  void whatIsLikeNothingIsRefusedWithoutAGuess() {
    assertThatThrownBy(() -> TopicSettingsMapping.settings().require("colour"))
        .hasMessage("There is no topic setting 'colour'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-2", "abc", "1.5", ""})
  void aValueThatCantBeIsRefused(String value) {
    assertThatThrownBy(() -> TopicSettingsMapping.settings().require("retention.ms").parse(value))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("retention.ms");
  }
}
