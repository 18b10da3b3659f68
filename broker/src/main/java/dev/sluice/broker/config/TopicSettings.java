package dev.sluice.broker.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import dev.sluice.broker.metadata.CompactionConfig;
import dev.sluice.broker.metadata.FlushConfig;
import dev.sluice.broker.metadata.SegmentConfig;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.TimestampType;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * The settings of topics: Kafka's by Kafka's names, and ours that Kafka has no name for, with
 * {@code sluice.} before them. The defaults are what holds here, which is not always Kafka's:
 * records are kept for ever, and forced to disk before they are acknowledged.
 */
final class TopicSettings {

  static final String CLEANUP_POLICY = "cleanup.policy";
  static final String COMPACT = "compact";
  static final String DELETE = "delete";
  static final String ALL_GROUPS = "all";

  private static final String MAX = Long.toString(Long.MAX_VALUE);
  private static final String NO_TIERS = "There is no tiered storage.";
  private static final String ONE_REPLICA = "Every partition has one replica, on this broker.";
  private static final String CODEC =
      "Batches are stored as their producer has compressed them, whatever this says.";

  private static final ConfigDef.Validator ANY = (name, value) -> {};

  /** The table, by subject. */
  static final List<TopicSetting> ALL =
      List.of(
          // What goes, and when.
          set(
              CLEANUP_POLICY,
              LIST,
              DELETE,
              ConfigDef.ValidList.in(COMPACT, DELETE),
              "'delete' applies retention.ms and retention.bytes, 'compact' keeps the last record of"
                  + " each key; both, or neither, can be had.",
              TopicSettings::cleanupPolicy,
              (draft, value) -> {
                draft.compacts = ((List<?>) value).contains(COMPACT);
                draft.deletes = ((List<?>) value).contains(DELETE);
              }),
          set(
              "retention.ms",
              LONG,
              "-1",
              atLeast(-1),
              "Segments whose newest record is older are deleted; -1 keeps them for ever.",
              TopicConfig::retentionMillis,
              (draft, value) -> draft.retentionMillis = (Long) value),
          set(
              "retention.bytes",
              LONG,
              "-1",
              ANY,
              "The oldest segments are deleted while a partition is larger; -1 is no limit.",
              TopicConfig::retentionBytes,
              (draft, value) -> draft.retentionBytes = (Long) value),
          set(
              "sluice.retention.consumed",
              LIST,
              "",
              ANY,
              "Records are deleted once these groups have committed offsets behind them: names, or"
                  + " 'all' for every group that has ever read the topic. Whatever cleanup.policy"
                  + " says.",
              TopicSettings::consumed,
              (draft, value) -> draft.consumedBy = groups((List<?>) value)),
          // Compaction.
          set(
              "min.cleanable.dirty.ratio",
              DOUBLE,
              Double.toString(Compaction.DEFAULT.minDirtyRatio()),
              between(0, 1),
              "Compaction is due when this share of a partition's bytes is new.",
              of(TopicConfig::compaction, CompactionConfig::minDirtyRatio),
              (draft, value) -> draft.minDirtyRatio = (Double) value),
          set(
              "min.compaction.lag.ms",
              LONG,
              "0",
              atLeast(0),
              "Younger records are not compacted.",
              of(TopicConfig::compaction, CompactionConfig::minLagMillis),
              (draft, value) -> draft.minLagMillis = (Long) value),
          set(
              "max.compaction.lag.ms",
              LONG,
              MAX,
              atLeast(1),
              "Compaction is due when a record that it has not seen is older.",
              of(TopicConfig::compaction, CompactionConfig::maxLagMillis),
              (draft, value) -> draft.maxLagMillis = (Long) value),
          set(
              "delete.retention.ms",
              LONG,
              Long.toString(Compaction.DEFAULT.tombstoneGrace().toMillis()),
              atLeast(0),
              "How long a tombstone stays after the first compaction that has met it.",
              of(TopicConfig::compaction, CompactionConfig::tombstoneGraceMillis),
              (draft, value) -> draft.tombstoneGraceMillis = (Long) value),
          // Durability.
          set(
              "sluice.flush",
              STRING,
              "ack",
              ConfigDef.ValidString.in("ack", "interval", "os"),
              "When an append counts as done: 'ack' when it is forced to disk, 'interval' when it is"
                  + " written and forced every flush.ms, 'os' when it is written.",
              of(TopicConfig::flush, flush -> flush.mode().name().toLowerCase(Locale.ROOT)),
              (draft, value) ->
                  draft.flush = FlushMode.valueOf(((String) value).toUpperCase(Locale.ROOT))),
          set(
              "flush.ms",
              LONG,
              MAX,
              atLeast(0),
              "The interval of sluice.flush=interval. Otherwise every append is forced before it is"
                  + " acknowledged, which is more often.",
              of(TopicConfig::flush, FlushConfig::intervalMillis),
              (draft, value) -> draft.flushMillis = (Long) value),
          set(
              "flush.messages",
              LONG,
              MAX,
              atLeast(1),
              "Every append is forced before it is acknowledged, which is at least as often, unless"
                  + " sluice.flush says otherwise. Kept, but steers nothing here.",
              config -> null,
              (draft, value) -> draft.flushMessages = (Long) value),
          // Batches and segments.
          set(
              "max.message.bytes",
              INT,
              Integer.toString(PartitionSettings.DEFAULT.maxBatchBytes()),
              atLeast(1),
              "The largest batch that is taken.",
              TopicConfig::maxBatchBytes,
              (draft, value) -> draft.maxBatchBytes = (Integer) value),
          set(
              "message.timestamp.type",
              STRING,
              "CreateTime",
              ConfigDef.ValidString.in("CreateTime", "LogAppendTime"),
              "Who gives records their time: the producer, or the log.",
              TopicSettings::timestampType,
              (draft, value) ->
                  draft.timestamps =
                      value.equals("CreateTime")
                          ? TimestampType.CREATE_TIME
                          : TimestampType.APPEND_TIME),
          set(
              "segment.bytes",
              INT,
              Long.toString(PartitionSettings.DEFAULT.segmentBytes()),
              atLeast(1 << 20),
              "A segment is sealed before it would be larger; earlier where retention needs it.",
              of(TopicConfig::segments, SegmentConfig::maxBytes),
              (draft, value) -> draft.segmentBytes = (Integer) value),
          set(
              "segment.ms",
              LONG,
              Long.toString(PartitionSettings.DEFAULT.segmentAge().toMillis()),
              atLeast(1),
              "A segment is sealed when it is older.",
              of(TopicConfig::segments, SegmentConfig::maxAgeMillis),
              (draft, value) -> draft.segmentMillis = (Long) value),
          // What has one value here.
          TopicSetting.fixed("min.insync.replicas", INT, "1", ONE_REPLICA),
          TopicSetting.fixed("leader.replication.throttled.replicas", LIST, "", ONE_REPLICA),
          TopicSetting.fixed("follower.replication.throttled.replicas", LIST, "", ONE_REPLICA),
          TopicSetting.fixed("remote.storage.enable", BOOLEAN, "false", NO_TIERS),
          TopicSetting.fixed("remote.log.copy.disable", BOOLEAN, "false", NO_TIERS),
          TopicSetting.fixed("remote.log.delete.on.disable", BOOLEAN, "false", NO_TIERS),
          TopicSetting.fixed("local.retention.ms", LONG, "-2", NO_TIERS),
          TopicSetting.fixed("local.retention.bytes", LONG, "-2", NO_TIERS),
          TopicSetting.fixed(
              "message.timestamp.before.max.ms", LONG, MAX, "Records of any age are taken."),
          TopicSetting.fixed(
              "message.timestamp.after.max.ms", LONG, MAX, "Records of any time are taken."),
          // What is done differently here.
          TopicSetting.noted(
              "compression.type",
              STRING,
              "producer",
              ConfigDef.ValidString.in("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
              CODEC),
          TopicSetting.noted("compression.gzip.level", INT, "-1", ANY, CODEC),
          TopicSetting.noted("compression.lz4.level", INT, "9", ANY, CODEC),
          TopicSetting.noted("compression.zstd.level", INT, "3", ANY, CODEC),
          TopicSetting.noted("unclean.leader.election.enable", BOOLEAN, "false", ANY, ONE_REPLICA),
          TopicSetting.noted(
              "segment.jitter.ms", LONG, "0", atLeast(0), "Segments are sealed on time."),
          TopicSetting.noted(
              "segment.index.bytes", INT, "10485760", atLeast(4), "Indexes grow as needed."),
          TopicSetting.noted(
              "index.interval.bytes",
              INT,
              Integer.toString(PartitionSettings.INDEX_INTERVAL_BYTES),
              atLeast(0),
              "An index entry is written every 4096 bytes."),
          TopicSetting.noted("preallocate", BOOLEAN, "false", ANY, "Files grow as needed."),
          TopicSetting.noted(
              "file.delete.delay.ms",
              LONG,
              "60000",
              atLeast(0),
              "Files are deleted at once; who reads one reads on."));

  /** The same without what they do. */
  static final Settings SETTINGS =
      new Settings("topic", ALL.stream().map(TopicSetting::setting).toList());

  private TopicSettings() {}

  private static TopicSetting set(
      String name,
      ConfigDef.Type type,
      String standard,
      ConfigDef.Validator validator,
      String documentation,
      Function<TopicConfig, @Nullable Object> read,
      BiConsumer<TopicDraft, Object> write) {
    Setting setting = new Setting(name, type, standard, validator, documentation);
    return new TopicSetting(setting, TopicSetting.Role.IN_FORCE, read, write);
  }

  private static <P> Function<TopicConfig, @Nullable Object> of(
      Function<TopicConfig, @Nullable P> part, Function<P, @Nullable Object> value) {
    return config -> {
      P found = part.apply(config);
      return found == null ? null : value.apply(found);
    };
  }

  private static @Nullable Object cleanupPolicy(TopicConfig config) {
    if (config.compaction() == null) {
      return null;
    }
    boolean deletes = config.retentionMillis() != null || config.retentionBytes() != null;
    return deletes ? List.of(COMPACT, DELETE) : List.of(COMPACT);
  }

  private static @Nullable Object consumed(TopicConfig config) {
    List<String> groups = config.consumedBy();
    return groups != null && groups.isEmpty() ? List.of(ALL_GROUPS) : groups;
  }

  private static @Nullable List<String> groups(List<?> value) {
    List<String> names = value.stream().map(String::valueOf).toList();
    if (names.isEmpty()) {
      return null;
    }
    return names.equals(List.of(ALL_GROUPS)) ? List.of() : names;
  }

  private static @Nullable Object timestampType(TopicConfig config) {
    return switch (config.timestamps()) {
      case null -> null;
      case CREATE_TIME -> "CreateTime";
      case APPEND_TIME -> "LogAppendTime";
    };
  }
}
