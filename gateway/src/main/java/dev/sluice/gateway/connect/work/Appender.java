package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import java.util.List;
import java.util.Map;

/**
 * Appends until it is done: again with back-off while the log has trouble, in halves when a batch
 * is refused for its size or for a record in it, and a single record that is refused goes to the
 * dead letters. Belongs to one thread.
 */
final class Appender {

  private final Appends appends;
  private final DeadLetters deadLetters;
  private final OutputTopics topics;
  private final Stubborn stubborn;
  private final TaskMonitor monitor;

  /** Appends to the log at once. */
  Appender(Job job) {
    this(job, job.log().records()::append);
  }

  Appender(Job job, Appends appends) {
    this.appends = appends;
    this.deadLetters = new DeadLetters(job);
    this.stubborn = job.stubborn();
    this.topics = new OutputTopics(job.log().topics(), stubborn);
    this.monitor = job.monitor();
  }

  /** Appends; durable when this returns. */
  void append(TopicPartition target, List<NewRecord> batch) throws InterruptedException {
    try {
      stubborn.run(() -> appendOnce(target, batch));
    } catch (LogException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      appendParts(target, batch, e);
    }
  }

  /** Whether the log refuses what is appended, and would refuse it again. */
  private static boolean isRefusal(LogException e) {
    return e.code() == LogException.Code.TOO_LARGE || e.code() == LogException.Code.INVALID_RECORD;
  }

  private Records.Appended appendOnce(TopicPartition target, List<NewRecord> batch)
      throws InterruptedException {
    try {
      return Stubborn.await(appends.append(target, batch));
    } catch (LogException e) {
      if (e.code() != LogException.Code.UNKNOWN_TOPIC
          || target.partition() >= topics.partitionCount(target.topic())) {
        throw e;
      }
      // Deleted while we wrote to it, and there again now.
      return Stubborn.await(appends.append(target, batch));
    }
  }

  private void appendParts(TopicPartition target, List<NewRecord> batch, LogException refusal)
      throws InterruptedException {
    if (batch.size() > 1) {
      int half = batch.size() / 2;
      append(target, batch.subList(0, half));
      append(target, batch.subList(half, batch.size()));
    } else if (target.topic().equals(deadLetters.topic())) {
      if (refusal.code() != LogException.Code.TOO_LARGE) {
        throw refusal; // Nothing is left to put it; the task fails rather than lose it.
      }
      NewRecord cut = DeadLetters.cut(batch.getFirst());
      var unused = stubborn.run(() -> appendOnce(target, List.of(cut)));
    } else {
      ConnectorException error = Errors.classify(refusal);
      appendDeadLetter(
          deadLetters.letter(
              batch.getFirst(),
              null,
              error,
              Stage.KAFKA_PRODUCE,
              Map.of("topic", target.topic(), "partition", Integer.toString(target.partition()))));
    }
  }

  /** Appends a dead letter; durable when this returns. */
  void appendDeadLetter(NewRecord letter) throws InterruptedException {
    OutputBatch single = new OutputBatch(topics);
    single.add(deadLetters.topic(), letter);
    for (Outgoing outgoing : single.outgoing()) {
      append(outgoing.topicPartition, outgoing.records);
    }
    monitor.rejected(1);
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  OutputTopics topics() {
    return topics;
  }
}
