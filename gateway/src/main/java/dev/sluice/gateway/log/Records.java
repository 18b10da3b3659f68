package dev.sluice.gateway.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Appends and reads. Thread-safe. */
public interface Records {

  /**
   * Where a batch went.
   *
   * @param baseOffset the offset of its first record; the others follow without gaps
   */
  record Appended(TopicPartition topicPartition, long baseOffset, int count) {}

  /**
   * What a read brought.
   *
   * @param records visible records in offset order; may be empty
   * @param nextOffset where to read on
   */
  record Slice(List<StoredRecord> records, long nextOffset) {}

  /**
   * Appends the records as one batch, in order. Batches of one caller thread to one partition keep
   * their order. Blocks while too much is waiting for the disk (back-pressure).
   *
   * @return completes when the batch is durable under the topic's flush setting, or with a {@link
   *     LogException}; must not be cancelled
   */
  CompletableFuture<Appended> append(TopicPartition topicPartition, List<NewRecord> records);

  /**
   * Reads visible records from an offset on, without waiting.
   *
   * @param offset between start and end offset; the end offset reads nothing
   * @param maxRecords at most so many
   * @param maxBytes stop after about so many bytes; at least one record is read if there is one
   * @throws LogException {@code UNKNOWN_TOPIC}, {@code OFFSET_OUT_OF_RANGE}, {@code
   *     PARTITION_OFFLINE}
   */
  Slice read(TopicPartition topicPartition, long offset, int maxRecords, int maxBytes);

  /**
   * Waits until one of the partitions has a visible record at its offset or beyond, woken by the
   * append that makes it visible.
   *
   * @return false if the time ran out first
   */
  boolean await(Map<TopicPartition, Long> offsets, Duration timeout) throws InterruptedException;

  /**
   * The offset of the first record with this timestamp or a later one; the end offset if none has.
   */
  long offsetForTime(TopicPartition topicPartition, long timestampMillis);

  /** The oldest readable offset. */
  long startOffset(TopicPartition topicPartition);

  /** The high watermark: the offset that the next visible record will have. */
  long endOffset(TopicPartition topicPartition);

  /**
   * Deletes what is before the offset, at least to the reader's eye at once; on disk by whole
   * segments.
   */
  void deleteBefore(TopicPartition topicPartition, long offset);
}
