package dev.sluice.gateway.search;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Header;
import dev.sluice.gateway.log.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Holds a condition to records, and counts. Belongs to the thread that searches. */
final class Tally {

  private final Condition condition;
  private long scanned;
  private long bytes;
  private long matches;
  private long notEvaluated;
  private long unreadable;

  Tally(Condition condition) {
    this.condition = condition;
  }

  /** Whether it is to be found. */
  boolean admits(StoredRecord candidate) {
    scanned++;
    bytes += size(candidate);
    try {
      return condition.holds(candidate);
    } catch (ConnectorException notForThisOne) {
      notEvaluated++;
      return false;
    }
  }

  void foundMatch() {
    matches++;
  }

  void foundUnreadable() {
    unreadable++;
  }

  long scanned() {
    return scanned;
  }

  long matches() {
    return matches;
  }

  Progress progress(double fraction) {
    return new Progress(scanned, bytes, matches, notEvaluated, unreadable, fraction);
  }

  /** What a record takes, about: its key, its value, its headers. */
  static long size(StoredRecord record) {
    long size = size(record.key()) + size(record.value());
    for (Header header : record.headers()) {
      size += header.key().length() + size(header.value());
    }
    return size;
  }

  private static int size(byte @Nullable [] content) {
    return content == null ? 0 : content.length;
  }
}
