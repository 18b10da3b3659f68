package dev.sluice.source.debezium;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the event up to which the engine may go on after a restart without leaving anything out.
 *
 * <p>Several changes may carry one log sequence number: the rows of one page written by COPY, or
 * the delete and create that a changed primary key becomes, with the tombstone between them. The
 * engine goes on <em>behind</em> the number that was stored, so a number may be stored only when
 * all its changes are through, which shows when another number follows. A commit is complete by
 * itself. Events of a snapshot need no such care: an unfinished snapshot is taken anew.
 *
 * <p>Not thread-safe: belongs to the engine's polling thread.
 *
 * @param <E> the event
 */
final class SafePoint<E> {

  private final Function<E, Map<String, ?>> offsets;
  private @Nullable E last;
  private Map<String, ?> reported = Map.of();

  /**
   * Starts before the first event.
   *
   * @param offsets tells the source offset of an event
   */
  SafePoint(Function<E, Map<String, ?>> offsets) {
    this.offsets = offsets;
  }

  /**
   * Takes a batch.
   *
   * @param events the next events in the order in which they came
   * @return the newest event whose offset may be stored once this batch is durable, or null if none
   *     is newer than what was returned before
   */
  @Nullable E after(List<E> events) {
    E safe = null;
    for (E next : events) {
      if (last != null && !sequenceNumber(last).equals(sequenceNumber(next))) {
        safe = last;
      }
      if (completeByItself(next)) {
        safe = next;
      }
      last = next;
    }
    if (safe == null || offsets.apply(safe).equals(reported)) {
      return null;
    }
    reported = offsets.apply(safe);
    return safe;
  }

  private boolean completeByItself(E event) {
    Map<String, ?> offset = offsets.apply(event);
    return offset.containsKey("snapshot") || "COMMIT".equals(offset.get("messageType"));
  }

  private Object sequenceNumber(E event) {
    return Objects.requireNonNullElse(offsets.apply(event).get("lsn"), "none");
  }
}
