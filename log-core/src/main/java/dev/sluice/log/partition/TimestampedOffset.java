package dev.sluice.log.partition;

/**
 * A record's place and time.
 *
 * @param timestampMillis milliseconds since the epoch
 */
public record TimestampedOffset(long offset, long timestampMillis) {}
