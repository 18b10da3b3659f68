package dev.sluice.gateway.log;

/** What a reader finds at a place of a partition. */
public sealed interface Entry permits StoredRecord, Unreadable {

  TopicPartition topicPartition();

  /** Where it begins. */
  long offset();

  /**
   * Where to read on behind it; greater than {@link #offset}, but for a partition that is offline,
   * where it is the same.
   */
  long nextOffset();

  /** Milliseconds since the epoch. */
  long timestampMillis();

  /** How many bytes its key and its value have; 0 if it can't be read. */
  long sizeBytes();
}
