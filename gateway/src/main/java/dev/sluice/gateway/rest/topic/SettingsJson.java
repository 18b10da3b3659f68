package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.connector.Units;
import dev.sluice.gateway.log.Compaction;
import dev.sluice.gateway.log.Flush;
import dev.sluice.gateway.log.Segments;
import dev.sluice.gateway.log.Timestamps;
import dev.sluice.gateway.log.TopicSettings;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What can be set for a topic, written as in the configuration file. What is absent is as the log
 * does it by default.
 */
@Schema(
    name = "TopicSettings",
    description = "What can be set for a topic, written as in the configuration file.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SettingsJson(
    @Nullable RetentionJson retention,
    @Schema(
            description = "Whether, and how, only the latest record of each key is kept.",
            anyOf = {Boolean.class, CompactionJson.class},
            examples = "true")
        @Nullable Object compact,
    @Schema(
            description =
                "When a record counts as stored: ack when it is on disk, os when it is written, or"
                    + " {interval: 1s} when it is written, and on disk so much later.",
            anyOf = {String.class, FlushJson.class},
            examples = "ack")
        @Nullable Object flush,
    @Schema(
            description = "Who gives records their time: create or append.",
            enumeration = {"create", "append"})
        @Nullable String timestamps,
    @Nullable LimitsJson limits,
    @Nullable SegmentsJson segments) {

  /** A flush at an interval. */
  @Schema(name = "Flush", description = "A flush at an interval.")
  public record FlushJson(
      @Schema(pattern = Units.DURATION_PATTERN, examples = "1s") String interval) {}

  /** Limits of what is appended. */
  @Schema(name = "Limits", description = "Limits of what is appended.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LimitsJson(
      @Schema(
              description = "The largest batch, and so the largest record: 1MiB to 64MiB.",
              pattern = Units.SIZE_PATTERN,
              examples = "4MiB")
          @Nullable String batch) {}

  /** When files of records are sealed. */
  @Schema(name = "Segments", description = "When files of records are sealed; space is freed so.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SegmentsJson(
      @Schema(
              description = "Before one would be larger: 1MiB to 1GiB.",
              pattern = Units.SIZE_PATTERN,
              examples = "256MiB")
          @Nullable String size,
      @Schema(description = "When one is older.", pattern = Units.DURATION_PATTERN, examples = "1d")
          @Nullable String age) {}

  /** The settings as people would write them. */
  public static SettingsJson of(TopicSettings settings) {
    Compaction compaction = settings.compaction();
    Timestamps timestamps = settings.timestamps();
    Integer batch = settings.maxBatchBytes();
    return new SettingsJson(
        RetentionJson.of(settings.retention()),
        compaction == null ? null : CompactionJson.of(compaction),
        flush(settings.flush()),
        timestamps == null ? null : timestamps.name().toLowerCase(Locale.ROOT),
        batch == null ? null : new LimitsJson(Units.formatSize(batch)),
        segments(settings.segments()));
  }

  private static @Nullable Object flush(@Nullable Flush flush) {
    return switch (flush) {
      case null -> null;
      case Flush.Ack ack -> "ack";
      case Flush.Interval timed -> new FlushJson(Units.format(timed.interval()));
      case Flush.Os os -> "os";
    };
  }

  private static @Nullable SegmentsJson segments(Segments segments) {
    Integer size = segments.sizeBytes();
    Duration age = segments.age();
    return segments.equals(Segments.DEFAULT)
        ? null
        : new SegmentsJson(
            size == null ? null : Units.formatSize(size), age == null ? null : Units.format(age));
  }
}
