package dev.sluice.broker.topic;

import org.jspecify.annotations.Nullable;

/**
 * What can be set for a topic and changed later; null means no limit.
 *
 * @param retentionMillis records older than this may be deleted
 * @param retentionBytes the oldest segments are deleted while a partition is larger
 */
public record TopicConfig(@Nullable Long retentionMillis, @Nullable Long retentionBytes) {

  /** Keeps everything. */
  public static final TopicConfig FOREVER = new TopicConfig(null, null);

  /** Refuses limits below 1. */
  public TopicConfig {
    requirePositive("retentionMillis", retentionMillis);
    requirePositive("retentionBytes", retentionBytes);
  }

  private static void requirePositive(String name, @Nullable Long value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }
}
