package dev.sluice.gateway.log;

/** What a reader finds at a place of a partition. */
public sealed interface Entry permits StoredRecord, Unreadable {

  TopicPartition topicPartition();

  /** Where it begins. */
  long offset();

  /** Where to read on behind it; greater than {@link #offset}. */
  long nextOffset();

  /** Milliseconds since the epoch. */
  long timestampMillis();
}
