package dev.sluice.log.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksum of a batch: CRC-32C of what the log does not assign. */
final class Checksums {

  private Checksums() {}

  /**
   * The checksum that a batch should have.
   *
   * @param at where it begins, in a buffer on or off the heap, whose position does not matter
   */
  static int of(ByteBuffer buffer, int at, int sizeBytes) {
    int from = at + BatchLayout.ATTRIBUTES;
    int length = sizeBytes - BatchLayout.ATTRIBUTES;
    CRC32C crc = new CRC32C();
    if (buffer.hasArray()) {
      crc.update(buffer.array(), buffer.arrayOffset() + from, length);
    } else {
      crc.update(buffer.slice(from, length));
    }
    return (int) crc.getValue();
  }
}
