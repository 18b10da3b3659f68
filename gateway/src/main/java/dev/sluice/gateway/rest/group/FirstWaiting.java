package dev.sluice.gateway.rest.group;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the first record that waits in a partition came. Each is read once, as long as it is the
 * first, and only so many at a look. Used by one thread.
 */
final class FirstWaiting {

  /** So many records are read at one look; the others have no time then. */
  private static final int READS_AT_A_LOOK = 100;

  private static final int READ_BYTES = 1;

  private record Place(long offset, @Nullable Instant time) {}

  private final Map<TopicPartition, Place> known = new HashMap<>();
  private int readsLeft;

  /** A new look begins. */
  FirstWaiting look() {
    readsLeft = READS_AT_A_LOOK;
    return this;
  }

  /** The time of the record at the offset, or of the next one that can be read; null if unknown. */
  @Nullable Instant since(Records records, TopicPartition tp, long offset) {
    Place place = known.get(tp);
    if (place != null && place.offset == offset) {
      return place.time;
    }
    if (readsLeft == 0) {
      return null;
    }
    readsLeft--;
    Instant time = read(records, tp, offset);
    known.put(tp, new Place(offset, time));
    return time;
  }

  private static @Nullable Instant read(Records records, TopicPartition tp, long offset) {
    try {
      return records.read(tp, offset, 1, READ_BYTES).entries().stream()
          .findFirst()
          .map(entry -> Instant.ofEpochMilli(entry.timestampMillis()))
          .orElse(null);
    } catch (LogException gone) {
      return null; // Deleted meanwhile, or offline: the position says so itself.
    }
  }
}
