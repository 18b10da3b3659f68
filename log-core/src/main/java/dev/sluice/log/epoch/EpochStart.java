package dev.sluice.log.epoch;

/**
 * Where a leader began to write.
 *
 * @param epoch of the leader, 0 or more; each leader has a larger one than those before it
 * @param startOffset of its first record
 */
public record EpochStart(int epoch, long startOffset) {

  public EpochStart {
    if (epoch < 0 || startOffset < 0) {
      throw new IllegalArgumentException(
          "Epoch " + epoch + " can't begin at offset " + startOffset);
    }
  }
}
