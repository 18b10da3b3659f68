package dev.sluice.log.compaction;

/**
 * What is to be compacted.
 *
 * @param firstDirtyOffset keys are looked up from here on
 * @param endOffset up to here; the end of a sealed segment
 * @param dirtyRatio the share of new bytes in what can be compacted, 0 to 1
 * @param isDue whether it is time
 */
public record CompactionPlan(
    long firstDirtyOffset, long endOffset, double dirtyRatio, boolean isDue) {

  /** What the next pass has to do when one ended before this plan's end. */
  public CompactionPlan from(long offset) {
    return new CompactionPlan(offset, endOffset, dirtyRatio, isDue);
  }
}
