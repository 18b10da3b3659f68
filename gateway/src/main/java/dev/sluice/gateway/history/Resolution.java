package dev.sluice.gateway.history;

import dev.sluice.gateway.log.Flush;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.Segments;
import dev.sluice.gateway.log.TopicSettings;
import java.time.Duration;

/** How fine history is kept, where, and for how long. */
enum Resolution {
  /** As it was sampled. */
  TICK(OwnTopics.HISTORY, Duration.ofSeconds(10), Duration.ofHours(25), 256, Duration.ofHours(1)),
  /** By the minute. */
  MINUTE(
      OwnTopics.HISTORY_MINUTES,
      Duration.ofMinutes(1),
      Duration.ofDays(14),
      256,
      Duration.ofHours(12)),
  /** By ten minutes. */
  TEN_MINUTES(
      OwnTopics.HISTORY_TEN_MINUTES,
      Duration.ofMinutes(10),
      Duration.ofDays(60),
      128,
      Duration.ofDays(2));

  /** The largest frame: all names that there is room for, and their values. */
  private static final int MAX_FRAME_BYTES = 4 << 20;

  private static final int SEGMENT_BYTES = 16 << 20;

  private final String topic;
  private final Duration interval;
  private final TopicSettings settings;

  Resolution(
      String topic, Duration interval, Duration kept, long keptMebibytes, Duration segmentAge) {
    this.topic = topic;
    this.interval = interval;
    this.settings =
        new TopicSettings(
            new Retention(kept, keptMebibytes << 20),
            null,
            // What a power cut costs is a piece of a curve, and nobody was promised more.
            new Flush.Os(),
            null,
            MAX_FRAME_BYTES,
            new Segments(SEGMENT_BYTES, segmentAge));
  }

  String topic() {
    return topic;
  }

  Duration interval() {
    return interval;
  }

  TopicSettings settings() {
    return settings;
  }

  /** The coarsest that has a value for each such step. */
  static Resolution forStep(Duration step) {
    if (step.compareTo(TEN_MINUTES.interval) >= 0) {
      return TEN_MINUTES;
    }
    return step.compareTo(MINUTE.interval) >= 0 ? MINUTE : TICK;
  }
}
