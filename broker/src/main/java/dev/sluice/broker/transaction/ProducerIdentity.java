package dev.sluice.broker.transaction;

/**
 * An instance of a producer, as its batches name it.
 *
 * @param id of the producer, or -1
 * @param epoch tells the instance from earlier ones with that id, or -1
 */
public record ProducerIdentity(long id, short epoch) {

  /** No producer. */
  public static final ProducerIdentity NONE = new ProducerIdentity(-1, (short) -1);

  static final long NO_ID = -1;
  static final short NO_EPOCH = -1;

  /**
   * The last epoch of all. No client ever gets it, so that whoever has the last but one can still
   * be fenced.
   */
  static final short LAST_EPOCH = Short.MAX_VALUE;

  /** Whether a client can get no later epoch of this id. */
  boolean isExhausted() {
    return isExhausted(epoch);
  }

  static boolean isExhausted(short epoch) {
    return epoch >= LAST_EPOCH - 1;
  }

  /** The next instance. */
  ProducerIdentity next() {
    if (epoch == LAST_EPOCH) {
      throw new IllegalStateException("There is no epoch after that of " + this);
    }
    return new ProducerIdentity(id, (short) (epoch + 1));
  }
}
