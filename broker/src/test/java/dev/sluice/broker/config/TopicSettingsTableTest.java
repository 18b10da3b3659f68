package dev.sluice.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.metadata.TopicConfig;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of topic settings against the one in Kafka's own broker. */
class TopicSettingsTableTest {

  /** Not for clients; Kafka's tests use it for small segments. */
  private static final Set<String> KAFKAS_INTERNAL = Set.of("internal.segment.bytes");

  /** A value beside the default for each setting that has one. */
  private static final Map<String, String> OTHER_VALUES =
      Map.ofEntries(
          Map.entry("cleanup.policy", "compact"),
          Map.entry("retention.ms", "3600000"),
          Map.entry("retention.bytes", "1000000"),
          Map.entry("sluice.retention.consumed", "audit,billing"),
          Map.entry("min.cleanable.dirty.ratio", "0.25"),
          Map.entry("min.compaction.lag.ms", "5"),
          Map.entry("max.compaction.lag.ms", "6000"),
          Map.entry("delete.retention.ms", "7"),
          Map.entry("sluice.flush", "os"),
          Map.entry("flush.ms", "250"),
          Map.entry("flush.messages", "1"),
          Map.entry("max.message.bytes", "2097152"),
          Map.entry("message.timestamp.type", "LogAppendTime"),
          Map.entry("segment.bytes", "1048576"),
          Map.entry("segment.ms", "60000"),
          Map.entry("compression.type", "zstd"),
          Map.entry("compression.gzip.level", "5"),
          Map.entry("compression.lz4.level", "5"),
          Map.entry("compression.zstd.level", "5"),
          Map.entry("unclean.leader.election.enable", "true"),
          Map.entry("segment.jitter.ms", "10"),
          Map.entry("segment.index.bytes", "1000"),
          Map.entry("index.interval.bytes", "100"),
          Map.entry("preallocate", "true"),
          Map.entry("file.delete.delay.ms", "0"));

  static Stream<TopicSetting> rows() {
    return TopicSettings.ALL.stream();
  }

  static Stream<TopicSetting> fixed() {
    return rows().filter(row -> row.role() == TopicSetting.Role.FIXED);
  }

  static Stream<TopicSetting> free() {
    return rows().filter(row -> row.role() != TopicSetting.Role.FIXED);
  }

  @Test
  void everySettingOfKafkasIsThereAndNoOtherButOurs() {
    Set<String> kafkas = new TreeSet<>(LogConfig.configNames());
    kafkas.removeAll(KAFKAS_INTERNAL);
    Set<String> here =
        rows()
            .map(row -> row.setting().name())
            .filter(name -> !name.startsWith("sluice."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(here).isEqualTo(kafkas);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void typesAreKafkas(TopicSetting row) {
    ConfigDef.Type kafkas = LogConfig.configType(row.setting().name()).orElse(row.setting().type());
    assertThat(row.setting().type()).isEqualTo(kafkas);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theDefaultIsAllowedAndKept(TopicSetting row) {
    String name = row.setting().name();
    String standard = row.setting().standard();
    assertThat(row.setting().normal(standard)).isEqualTo(standard);
    assertThat(thereAndBack(Map.of(name, standard))).isEqualTo(Map.of(name, standard));
  }

  @ParameterizedTest
  @MethodSource("free")
  void anotherValueGoesThereAndBack(TopicSetting row) {
    String name = row.setting().name();
    String other = OTHER_VALUES.getOrDefault(name, "none in this test");
    Map<String, String> set = Map.of(name, other);
    assertThat(row.setting().normal(other)).isEqualTo(other);
    assertThat(thereAndBack(set)).isEqualTo(set);
  }

  @ParameterizedTest
  @MethodSource("fixed")
  void anotherValueOfWhatHasOneIsRefusedWithTheReason(TopicSetting row) {
    String other =
        switch (row.setting().type()) {
          case BOOLEAN -> "true";
          case LIST -> "0:1";
          case INT, LONG -> "77";
          case STRING, SHORT, DOUBLE, CLASS, PASSWORD -> throw new AssertionError(row);
        };
    assertThatThrownBy(() -> row.setting().parse(other))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(row.setting().documentation())
        .hasMessageContaining("leave it out");
  }

  @Test
  void nothingSetIsTheSettingsOfATopicThatKeepsEverything() {
    assertThat(TopicSettingsMapping.fromKafka(Map.of())).isEqualTo(TopicConfig.FOREVER);
    assertThat(TopicSettingsMapping.toKafka(TopicConfig.FOREVER)).isEmpty();
  }

  @Test
  void whatHasNoMeaningAtTheMomentIsKeptForWhenItHas() {
    Map<String, String> set = Map.of("cleanup.policy", "compact", "retention.ms", "1000");
    TopicConfig compacted = TopicSettingsMapping.fromKafka(set);
    assertThat(compacted.retentionMillis()).isNull();
    assertThat(compacted.compaction()).isNotNull();
    assertThat(TopicSettingsMapping.toKafka(compacted)).isEqualTo(set);

    TopicConfig both =
        TopicSettingsMapping.fromKafka(
            Map.of("cleanup.policy", "delete,compact", "retention.ms", "1000"));
    assertThat(both.retentionMillis()).isEqualTo(1000);
    assertThat(both.compaction()).isNotNull();
  }

  private static Map<String, String> thereAndBack(Map<String, String> set) {
    return TopicSettingsMapping.toKafka(TopicSettingsMapping.fromKafka(set));
  }
}
