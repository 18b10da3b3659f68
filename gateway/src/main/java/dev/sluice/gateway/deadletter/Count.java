package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.log.TopicPartition;
import java.util.Map;

/** Counts the letters that a filter takes, until a deadline. Used by one thread. */
final class Count {

  private static final int READ_RECORDS = 500;
  private static final int READ_BYTES = 4 << 20;

  private final LetterReader reader;
  private final String topic;
  private final Filter filter;
  private final long deadlineNanos;
  private long matching;

  Count(LetterReader reader, String topic, Filter filter, long deadlineNanos) {
    this.reader = reader;
    this.topic = topic;
    this.filter = filter;
    this.deadlineNanos = deadlineNanos;
  }

  /** Counts; false if the time was over before the end. */
  boolean all(Bounds bounds) {
    for (Map.Entry<Integer, Long> end : bounds.ends().entrySet()) {
      TopicPartition partition = new TopicPartition(topic, end.getKey());
      long at = bounds.starts().getOrDefault(end.getKey(), 0L);
      while (at < end.getValue()) {
        if (System.nanoTime() - deadlineNanos >= 0) {
          return false;
        }
        LetterReader.Step step =
            reader.read(partition, at, end.getValue(), READ_RECORDS, READ_BYTES);
        matching += step.letters().stream().filter(l -> filter.takes(l.letter(), l.mark())).count();
        if (step.next() <= at) {
          break; // What follows is not committed yet.
        }
        at = step.next();
      }
    }
    return true;
  }

  long matching() {
    return matching;
  }
}
