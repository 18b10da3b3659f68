package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.Units;
import dev.sluice.gateway.config.Names.Fault;
import dev.sluice.gateway.log.Compaction;
import dev.sluice.gateway.log.Flush;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.Segments;
import dev.sluice.gateway.log.Timestamps;
import dev.sluice.gateway.log.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a topic as people write them, in a configuration file and over HTTP alike. What
 * can't be read is noted and left out, so that all mistakes are found at once. One instance serves
 * one topic.
 */
public final class TopicForm {

  /** The keys that are settings. */
  public static final Set<String> KEYS =
      Set.of("retention", "compact", "flush", "timestamps", "limits", "segments");

  private static final long MIN_BATCH_BYTES = 1L << 20;
  private static final long MAX_BATCH_BYTES = 64L << 20;
  private static final long MIN_SEGMENT_BYTES = 1L << 20;
  private static final long MAX_SEGMENT_BYTES = 1L << 30;

  /**
   * A mistake.
   *
   * @param path the keys that lead to it, from the topic
   */
  public record Mistake(List<String> path, String message, String suggestion) {}

  private final List<Mistake> mistakes = new ArrayList<>();

  /**
   * Reads the settings; other keys of the topic don't matter. A setting that is null is absent.
   *
   * @param topic an object
   */
  public TopicSettings read(JsonNode topic) {
    At root = new At(List.of(), topic);
    return new TopicSettings(
        retention(root.child("retention")),
        compaction(root.child("compact")),
        flush(root.child("flush")),
        timestamps(root.child("timestamps")),
        batchLimit(root.child("limits")),
        segments(root.child("segments")));
  }

  /** What was wrong in what has been read. */
  public List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }

  private Retention retention(At at) {
    if (at.isAbsent() || at.isText("forever")) {
      return Retention.FOREVER;
    }
    if (!isObject(at, "write forever, or limits such as {time: 7d}", "time", "size", "consumed")) {
      return Retention.FOREVER;
    }
    return new Retention(
        positive(at.child("time")),
        size(at.child("size"), 1, Long.MAX_VALUE),
        readers(at.child("consumed")));
  }

  private @Nullable Readers readers(At at) {
    if (at.isAbsent() || (at.node.isBoolean() && !at.node.booleanValue())) {
      return null;
    }
    if (at.node.isBoolean()) {
      return Readers.ALL;
    }
    List<String> groups = new ArrayList<>();
    at.node.forEach(name -> groups.add(name.isTextual() ? name.textValue() : ""));
    if (!at.node.isArray() || groups.isEmpty() || groups.contains("")) {
      mistake(at, "must be true, false or a list of groups", "write true for all groups");
      return null;
    }
    return new Readers(groups);
  }

  private @Nullable Compaction compaction(At at) {
    if (at.isAbsent() || at.node.isBoolean()) {
      return at.node.asBoolean() ? Compaction.DEFAULT : null;
    }
    String cure = "write true, or settings such as {min-lag: 1h}";
    if (!isObject(at, cure, "dirty-ratio", "min-lag", "max-lag", "tombstones")) {
      return null;
    }
    Duration minLag = duration(at.child("min-lag"));
    Duration maxLag = positive(at.child("max-lag"));
    if (minLag != null && maxLag != null && minLag.compareTo(maxLag) > 0) {
      mistake(at.child("max-lag"), "is shorter than 'min-lag'", "make it at least as long");
      return null;
    }
    return new Compaction(
        ratio(at.child("dirty-ratio")), minLag, maxLag, duration(at.child("tombstones")));
  }

  private @Nullable Flush flush(At at) {
    String cure = "write ack, os, or {interval: 1s}";
    if (at.isAbsent()) {
      return null;
    }
    if (at.isText("ack")) {
      return new Flush.Ack();
    }
    if (at.isText("os")) {
      return new Flush.Os();
    }
    if (!isObject(at, cure, "interval")) {
      return null;
    }
    if (at.child("interval").isAbsent()) {
      mistake(at, "'interval' is missing", cure);
    }
    Duration interval = positive(at.child("interval"));
    return interval == null ? null : new Flush.Interval(interval);
  }

  private @Nullable Timestamps timestamps(At at) {
    if (at.isText("create")) {
      return Timestamps.CREATE;
    }
    if (at.isText("append")) {
      return Timestamps.APPEND;
    }
    if (!at.isAbsent()) {
      mistake(at, "is neither create nor append", "write one of them");
    }
    return null;
  }

  private @Nullable Integer batchLimit(At at) {
    if (at.isAbsent() || !isObject(at, "write {batch: 4MiB}", "batch")) {
      return null;
    }
    return toInt(size(at.child("batch"), MIN_BATCH_BYTES, MAX_BATCH_BYTES));
  }

  private Segments segments(At at) {
    if (at.isAbsent() || !isObject(at, "write {size: 256MiB, age: 1d}", "size", "age")) {
      return Segments.DEFAULT;
    }
    return new Segments(
        toInt(size(at.child("size"), MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES)),
        positive(at.child("age")));
  }

  private boolean isObject(At at, String cure, String... known) {
    if (!at.node.isObject()) {
      mistake(at, "has a form that is not known", cure);
      return false;
    }
    List<String> names = List.of(known);
    at.node
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                mistake(
                    at.child(name),
                    "unknown key '" + name + "'",
                    Similar.to(name, names)
                        .map(meant -> "did you mean '" + meant + "'?")
                        .orElse("known here: " + Similar.list(names)));
              }
            });
    return true;
  }

  private @Nullable Double ratio(At at) {
    if (at.isAbsent()) {
      return null;
    }
    double ratio = at.node.asDouble();
    if (at.node.isNumber() && ratio >= 0 && ratio <= 1) {
      return ratio;
    }
    mistake(at, "is no number between 0 and 1", "0.5 compacts when half of the bytes are new");
    return null;
  }

  private @Nullable Duration positive(At at) {
    Duration duration = duration(at);
    if (duration == null || !duration.isZero()) {
      return duration;
    }
    mistake(at, "is too short", "at least 1ms");
    return null;
  }

  private @Nullable Duration duration(At at) {
    return has(at, Form.DURATION) ? Units.duration(at.node.textValue()) : null;
  }

  private @Nullable Long size(At at, long least, long most) {
    if (!has(at, Form.SIZE)) {
      return null;
    }
    long size = Units.sizeBytes(at.node.textValue());
    if (size >= least && size <= most) {
      return size;
    }
    boolean isSmall = size < least;
    mistake(
        at,
        isSmall ? "is too small" : "is too large",
        (isSmall ? "at least " : "at most ") + Units.formatSize(isSmall ? least : most));
    return null;
  }

  /** Whether there is a text of a form; if it has another one, that is noted. */
  private boolean has(At at, Form form) {
    if (at.isAbsent()) {
      return false;
    }
    Optional<Fault> fault = form.fault(at.node.isValueNode() ? at.node.asText() : "");
    fault.ifPresent(wrong -> mistake(at, wrong.message(), wrong.suggestion()));
    if (fault.isEmpty() && !at.node.isTextual()) {
      mistake(at, "must be text", "put it into quotes");
      return false;
    }
    return fault.isEmpty();
  }

  private static @Nullable Integer toInt(@Nullable Long size) {
    return size == null ? null : Integer.valueOf(Math.toIntExact(size));
  }

  private void mistake(At at, String message, String suggestion) {
    mistakes.add(new Mistake(at.path, message, suggestion));
  }

  /** A node, and the way to it. */
  private record At(List<String> path, JsonNode node) {

    At child(String name) {
      List<String> longer = new ArrayList<>(path);
      longer.add(name);
      return new At(List.copyOf(longer), node.path(name));
    }

    boolean isAbsent() {
      return node.isMissingNode() || node.isNull();
    }

    boolean isText(String text) {
      return node.isTextual() && node.textValue().equals(text);
    }
  }
}
