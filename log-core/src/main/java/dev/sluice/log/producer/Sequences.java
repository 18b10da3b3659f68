package dev.sluice.log.producer;

/**
 * Sequence numbers of a producer's records in a partition: 0 to {@code Integer.MAX_VALUE}, then 0
 * again (KIP-98).
 */
final class Sequences {

  /** In place of a sequence where there is none. */
  static final int NONE = -1;

  private Sequences() {}

  static int plus(int sequence, int delta) {
    return (int) (((long) sequence + delta) & Integer.MAX_VALUE);
  }

  static int minus(int sequence, int delta) {
    return (int) (((long) sequence - delta) & Integer.MAX_VALUE);
  }

  /** The one behind a sequence; 0 behind {@link #NONE}. */
  static int next(int sequence) {
    return plus(sequence, 1);
  }
}
