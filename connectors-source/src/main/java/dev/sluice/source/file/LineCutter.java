package dev.sluice.source.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts at every line feed. Looks at eight bytes at a time: subtracting one from each byte of a word
 * borrows into the high bit of exactly the lowest byte that is zero (Mycroft's test), and the word
 * was made zero where it had a line feed. The high bits of the words tell whether all is ASCII.
 */
final class LineCutter implements RecordCutter {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private boolean ascii = true;

  @Override
  public int next(byte[] bytes, int from, int to) {
    long seen = 0;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i);
      long zeroed = word ^ LINE_FEEDS;
      long found = (zeroed - ONES) & ~zeroed & HIGH_BITS;
      if (found != 0) {
        int bit = Long.numberOfTrailingZeros(found) - 7;
        note(seen | (word & ((1L << bit) - 1)));
        return i + bit / Byte.SIZE;
      }
      seen |= word;
    }
    for (; i < to; i++) {
      if (bytes[i] == '\n') {
        note(seen);
        return i;
      }
      seen |= bytes[i];
    }
    note(seen);
    return -1;
  }

  private void note(long seen) {
    if ((seen & HIGH_BITS) != 0) {
      ascii = false;
    }
  }

  @Override
  public boolean ascii() {
    return ascii;
  }

  @Override
  public int innerLines() {
    return 0;
  }

  @Override
  public boolean insideQuotes() {
    return false;
  }

  @Override
  public void reset() {
    ascii = true;
  }
}
