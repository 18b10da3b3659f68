package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkRecord;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Unreadable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Sets records of a sink or rule aside, whole and as they stand in their topic. Thread-safe. */
final class Rejections {

  private final Job job;
  private final ReentrantLock lock = new ReentrantLock();
  private final Appender appender; // Guarded by the lock.

  /** Appends dead letters by the given appender, which nobody else uses. */
  Rejections(Job job, Appender appender) {
    this.job = job;
    this.appender = appender;
  }

  /**
   * Sets a record aside; its dead letter is durable when this returns, or with the transaction that
   * the appender belongs to.
   *
   * @throws DeadLetters.RefusedException if that is to fail the task
   */
  void reject(StoredRecord stored, ConnectorException error, Stage stage)
      throws InterruptedException {
    NewRecord original =
        new NewRecord(
            stored.timestampMillis(), stored.key(), stored.value(), Provenance.headers(stored));
    append(original, Provenance.of(stored), error, stage, Map.of());
  }

  /**
   * Sets aside what can't be decoded: its dead letter has neither key nor value, the bytes stay in
   * their topic. Nothing is tried again, since it can't become better.
   *
   * @throws DeadLetters.RefusedException if that is to fail the task
   */
  void reject(Unreadable unreadable) throws InterruptedException {
    TopicPartition partition = unreadable.topicPartition();
    append(
        new NewRecord(unreadable.timestampMillis(), null, null, List.of()),
        Provenance.first(partition.topic(), partition.partition(), unreadable.offset()),
        ConnectorException.data("records-malformed", unreadable.message(), null),
        Stage.VALUE_CONVERTER,
        Map.of("next-offset", Long.toString(unreadable.nextOffset())));
  }

  private void append(
      NewRecord original,
      Provenance from,
      ConnectorException error,
      Stage stage,
      Map<String, String> place)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      appender.appendDeadLetter(appender.deadLetters().letter(original, from, error, stage, place));
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #reject(StoredRecord, ConnectorException, Stage)}, for a record that was changed. */
  void reject(SinkRecord changed, ConnectorException error, Stage stage)
      throws InterruptedException {
    reject(original(changed), error, stage);
  }

  /** The record as it is in the log; the sink may have seen other contents, and fewer headers. */
  private StoredRecord original(SinkRecord changed) {
    TopicPartition partition = new TopicPartition(changed.topic(), changed.partition());
    StoredRecord asSeen =
        new StoredRecord(
            partition,
            changed.offset(),
            changed.timestampMillis(),
            changed.keyBytes(),
            changed.valueBytes(),
            changed.headers());
    if (job.spec().transforms().isEmpty() && !OwnTopics.isRedelivery(changed.topic())) {
      return asSeen;
    }
    try {
      // However few bytes are asked for, the record comes whole.
      List<StoredRecord> found =
          job.log().records().read(partition, changed.offset(), 1, 1).records();
      return !found.isEmpty() && found.getFirst().offset() == changed.offset()
          ? found.getFirst()
          : asSeen;
    } catch (LogException e) {
      // Retention was faster; what the sink saw is all that is left of it.
      return asSeen;
    }
  }
}
