package dev.sluice.gateway.deadletter;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was done with a letter.
 *
 * @param act what
 * @param at when the work that it was a part of began, to the millisecond
 * @param to whom it was sent: a connector's or topic's name; empty if it was discarded
 */
public record Mark(Act act, Instant at, String to) {

  /** What can be done with a letter. */
  public enum Act {
    SENT,
    DISCARDED
  }

  public Mark {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Whether it can be about a letter that was set aside then: one that was set aside later stands
   * in a topic that was made anew, at the same place.
   *
   * @param setAside null if it is not known, as of letters of other programs
   */
  boolean fits(@Nullable Instant setAside) {
    return setAside == null || setAside.toEpochMilli() <= at.toEpochMilli();
  }
}
