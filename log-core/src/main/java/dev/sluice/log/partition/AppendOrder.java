package dev.sluice.log.partition;

/**
 * The appends of one caller who has several under way and needs their order kept also when one
 * fails: without it, an append behind a failed one may still fit on a disk that was too full for
 * the one before. Once one has failed, all others fail, wherever they are on their way, with {@code
 * PREDECESSOR_FAILED}, until the caller resumes.
 *
 * <p>Thread-safe. A failure is noted under the I/O lock of its partition, before anything behind it
 * can be written there; what is under way in other partitions may still be stored.
 */
public final class AppendOrder {

  private volatile boolean isBroken;

  /** Lets appends be stored again. To be called when none of this order is under way. */
  public void resume() {
    isBroken = false;
  }

  boolean isBroken() {
    return isBroken;
  }

  /** One has failed. */
  void broke() {
    isBroken = true;
  }
}
