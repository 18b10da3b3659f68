package dev.sluice.log.check;

/**
 * What to print of a log.
 *
 * @param records whether to print each record, not only batches
 * @param indexes whether to print the entries of the indexes, after each segment's batches
 * @param fromOffset what is before it is left out
 * @param limit stop after so many batches, or records if those are printed
 * @param maxFieldBytes so much of a key, value or header is printed
 */
public record DumpOptions(
    boolean records, boolean indexes, long fromOffset, long limit, int maxFieldBytes) {

  /** All batches, no records, no indexes. */
  public static final DumpOptions BATCHES = new DumpOptions(false, false, 0, Long.MAX_VALUE, 200);
}
