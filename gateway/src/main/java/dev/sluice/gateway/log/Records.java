package dev.sluice.gateway.log;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Appends and reads. Thread-safe.
 *
 * <p>Readers see what is committed: neither records of transactions that are open or were aborted,
 * nor what is behind the first record of an open one. Markers of transactions are never seen.
 */
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
   * @param unreadable what lies between, before or behind them and can't be decoded, in offset
   *     order; mostly empty
   * @param nextOffset where to read on, behind all of them; beyond the offset that was asked for
   *     even if both lists are empty, unless there is nothing yet
   */
  record Slice(List<StoredRecord> records, List<Unreadable> unreadable, long nextOffset) {

    /** All could be read. */
    public Slice(List<StoredRecord> records, long nextOffset) {
      this(records, List.of(), nextOffset);
    }

    /** Both lists in one, in offset order. */
    public List<Entry> entries() {
      if (unreadable.isEmpty()) {
        return List.copyOf(records);
      }
      return Stream.<Entry>concat(records.stream(), unreadable.stream())
          .sorted(Comparator.comparingLong(Entry::offset))
          .toList();
    }
  }

  /**
   * The appends of one caller who has several under way, possibly to several partitions, and of
   * which none is stored behind one that failed. Thread-safe.
   */
  interface OrderedAppends {

    /**
     * As {@link Records#append}; fails with {@code PREDECESSOR_FAILED} too, once another has
     * failed.
     */
    CompletableFuture<Appended> append(TopicPartition topicPartition, List<NewRecord> records);

    /** Lets appends be stored again. To be called when none is under way. */
    void resume();
  }

  /**
   * Appends the records as one batch, in order. Batches of one caller thread to one partition keep
   * their order. Blocks while too much is waiting for the disk (back-pressure).
   *
   * @return completes when the batch is durable under the topic's flush setting, or with a {@link
   *     LogException}; must not be cancelled
   */
  CompletableFuture<Appended> append(TopicPartition topicPartition, List<NewRecord> records);

  /** Begins an order of appends. */
  OrderedAppends ordered();

  /**
   * Reads visible records from an offset on, without waiting.
   *
   * @param offset between start and end offset; the end offset reads nothing, and so does one that
   *     is behind it only because of an open transaction
   * @param maxRecords at most so many records and unreadable places
   * @param maxBytes stop after about so many bytes; at least one record is read if there is one
   * @throws LogException {@code UNKNOWN_TOPIC}, {@code OFFSET_OUT_OF_RANGE}, {@code
   *     PARTITION_OFFLINE}, {@code PLACE_DAMAGED} if what is at the offset can't be read; a read
   *     before it ends in front of it
   */
  Slice read(TopicPartition topicPartition, long offset, int maxRecords, int maxBytes);

  /**
   * Waits until one of the partitions has something to read at its offset or beyond, be it that the
   * reader only gets past it, or be it damaged; woken by the append that makes it so.
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

  /**
   * Where a reader has read all that it may see: the last stable offset, which is the high
   * watermark while no transaction is open. Lag and "latest" are measured from here, so that an
   * open transaction is neither waiting work nor skipped.
   */
  long endOffset(TopicPartition topicPartition);

  /**
   * Deletes what is before the offset, at least to the reader's eye at once; on disk by whole
   * segments.
   */
  void deleteBefore(TopicPartition topicPartition, long offset);

  /**
   * The same records for a reader who takes those of open and aborted transactions too; its end is
   * the high watermark.
   */
  Records uncommitted();
}
