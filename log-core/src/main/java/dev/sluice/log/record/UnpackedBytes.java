package dev.sluice.log.record;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where a compressed batch is unpacked to: an array that grows with what has really come, never
 * with what was only claimed, up to a bound.
 */
final class UnpackedBytes {

  private static final int MIN_BYTES = 256;
  private static final int USUAL_RATIO = 2;

  private final int maxBytes;
  private byte[] array;
  private int size;

  /**
   * An empty target.
   *
   * @param packedBytes the size of what is to be unpacked
   * @param maxBytes what it may unpack to
   */
  UnpackedBytes(int packedBytes, int maxBytes) {
    long usual = Math.max(MIN_BYTES, (long) USUAL_RATIO * packedBytes);
    this.maxBytes = maxBytes;
    this.array = new byte[(int) Math.min(usual, maxBytes)];
  }

  /** The array to write to, from {@link #size} on; another one after {@link #ensureRoom}. */
  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  /** How much fits into the array behind {@link #size}. */
  int room() {
    return array.length - size;
  }

  /**
   * Grows if there is not so much room. The bound may be exceeded by it: only {@link #added} tells
   * whether that much comes.
   */
  void ensureRoom(int bytes) {
    if (room() < bytes) {
      long doubled = Math.min(2L * array.length, maxBytes);
      long needed = (long) size + bytes;
      array = Arrays.copyOf(array, Math.toIntExact(Math.max(doubled, needed)));
    }
  }

  /** Refuses what is known to exceed the bound, before there is room for it. */
  void expect(long bytes) throws MalformedException {
    if (bytes > maxBytes - size) {
      throw new MalformedException("it unpacks to more than " + maxBytes + " bytes");
    }
  }

  /** So many bytes have been written to the array. */
  void added(int bytes) throws MalformedException {
    expect(bytes);
    size += bytes;
  }

  /** What was written, read-only. */
  ByteBuffer toBuffer() {
    return ByteBuffer.wrap(array, 0, size).asReadOnlyBuffer();
  }
}
