package dev.sluice.gateway.deadletter;

import dev.sluice.connector.Header;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.StoredRecord;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it can be understood.
 *
 * @param id where it stands
 * @param error what was wrong
 * @param connector who set it aside
 * @param origin the record that it is, or null if it never was in a topic
 * @param place what else is known of where it stood, such as a file and a line
 * @param redeliveries how often it had been sent again before it was set aside this time
 * @param cutBytes how large its value was, if only the start of it was kept; else null
 * @param original the record without the headers that make it a letter
 */
public record Letter(
    LetterId id,
    Failure error,
    String connector,
    Passage.@Nullable Origin origin,
    Map<String, String> place,
    int redeliveries,
    @Nullable Long cutBytes,
    NewRecord original) {

  /**
   * What was wrong with a record.
   *
   * @param code the error's stable name; the exception's class for letters of other programs
   * @param category who can mend it, or null if it was not written down
   * @param message one sentence
   * @param suggestion what to do, or null
   * @param stage where on its way it failed, in Kafka Connect's words, or null
   * @param exception the exception's class, or null
   * @param trace the stack trace, or null
   * @param time when, or null if it was not written down
   */
  public record Failure(
      String code,
      @Nullable String category,
      String message,
      @Nullable String suggestion,
      @Nullable String stage,
      @Nullable String exception,
      @Nullable String trace,
      @Nullable Instant time) {}

  /** When it was set aside, as far as is known: else the record's own time. Epoch milliseconds. */
  long timeMillis() {
    Instant time = error.time();
    return time == null ? original.timestampMillis() : time.toEpochMilli();
  }

  /** Whether key and value are what was set aside, whole. */
  boolean isWhole() {
    return cutBytes == null && !isUnreadable();
  }

  /** Whether it only says where a record stands that nobody can decode. */
  boolean isUnreadable() {
    return place.containsKey(LetterHeaders.NEXT_OFFSET)
        && original.key() == null
        && original.value() == null;
  }

  /** About what it takes in memory. */
  int sizeBytes() {
    return sizeBytes(original);
  }

  static int sizeBytes(StoredRecord stored) {
    return sizeBytes(
        new NewRecord(stored.timestampMillis(), stored.key(), stored.value(), stored.headers()));
  }

  static int sizeBytes(NewRecord original) {
    int size = length(original.key()) + length(original.value());
    for (Header header : original.headers()) {
      size += header.key().length() + length(header.value());
    }
    return size;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
