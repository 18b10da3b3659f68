package dev.sluice.gateway.rest.group;

/** Where the positions of a group are to go. */
sealed interface ResetTarget {

  /** To the oldest record there is. */
  record Earliest() implements ResetTarget {}

  /** To the end: nothing that is there now is read. */
  record Latest() implements ResetTarget {}

  /** To the first record with this time, in milliseconds since the epoch, or a later one. */
  record Time(long millis) implements ResetTarget {}

  /** By so many records, back if negative. */
  record Shift(long records) implements ResetTarget {}

  /** To one offset. */
  record Offset(long offset) implements ResetTarget {}
}
