package dev.sluice.gateway.log;

import dev.sluice.connector.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a topic that differs; named, and its values written, as in the configuration file.
 *
 * @param setting such as {@code retention.time}
 * @param before what was set; null if nothing was
 * @param after what is set then; null if nothing is
 */
public record TopicDifference(String setting, @Nullable String before, @Nullable String after) {

  /** What differs between a topic and what it is to become; empty if it is that already. */
  public static List<TopicDifference> between(
      TopicDescription now, int partitions, TopicSettings settings) {
    SequencedMap<String, String> before = written(now.partitions().size(), now.settings());
    SequencedMap<String, String> after = written(partitions, settings);
    SequencedSet<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<TopicDifference> differences = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        differences.add(new TopicDifference(name, before.get(name), after.get(name)));
      }
    }
    return List.copyOf(differences);
  }

  /** Such as {@code retention.time 30d -> 7d}. */
  @Override
  public String toString() {
    return setting + " " + shown(before) + " -> " + shown(after);
  }

  private static String shown(@Nullable String value) {
    return value == null ? "not set" : value;
  }

  private static SequencedMap<String, String> written(int partitions, TopicSettings settings) {
    SequencedMap<String, String> written = new LinkedHashMap<>();
    written.put("partitions", String.valueOf(partitions));
    Retention retention = settings.retention();
    putDuration(written, "retention.time", retention.time());
    putSize(written, "retention.size", retention.sizeBytes());
    Readers consumed = retention.consumed();
    if (consumed != null) {
      written.put(
          "retention.consumed",
          consumed.isAll() ? "true" : "[" + String.join(", ", consumed.groups()) + "]");
    }
    Compaction compaction = settings.compaction();
    if (compaction != null) {
      written.put("compact", "true");
      put(written, "compact.dirty-ratio", compaction.dirtyRatio());
      putDuration(written, "compact.min-lag", compaction.minLag());
      putDuration(written, "compact.max-lag", compaction.maxLag());
      putDuration(written, "compact.tombstones", compaction.tombstones());
    }
    put(written, "flush", flush(settings.flush()));
    Timestamps timestamps = settings.timestamps();
    put(
        written,
        "timestamps",
        timestamps == null ? null : timestamps.name().toLowerCase(Locale.ROOT));
    Integer batch = settings.maxBatchBytes();
    putSize(written, "limits.batch", batch == null ? null : batch.longValue());
    Integer segment = settings.segments().sizeBytes();
    putSize(written, "segments.size", segment == null ? null : segment.longValue());
    putDuration(written, "segments.age", settings.segments().age());
    return written;
  }

  private static @Nullable String flush(@Nullable Flush flush) {
    return switch (flush) {
      case null -> null;
      case Flush.Ack ack -> "ack";
      case Flush.Interval timed -> "{interval: " + Units.format(timed.interval()) + "}";
      case Flush.Os os -> "os";
    };
  }

  private static void putDuration(
      Map<String, String> written, String setting, @Nullable Duration duration) {
    put(written, setting, duration == null ? null : Units.format(duration));
  }

  private static void putSize(Map<String, String> written, String setting, @Nullable Long bytes) {
    put(written, setting, bytes == null ? null : Units.formatSize(bytes));
  }

  private static void put(Map<String, String> written, String setting, @Nullable Object value) {
    if (value != null) {
      written.put(setting, value.toString());
    }
  }
}
