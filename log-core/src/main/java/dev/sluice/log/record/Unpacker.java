package dev.sluice.log.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xerial.snappy.SnappyError;

/**
 * Unpacks the records of a compressed batch, all at once: a reader that stops half-way leaves
 * nothing open behind it. What that costs is bounded by the caller and by what the bytes really
 * hold.
 */
final class Unpacker {

  private Unpacker() {}

  /**
   * Unpacks.
   *
   * @param buffer its bytes from {@code from} to the limit are taken, wherever its position is
   * @throws IOException if they can't be, or would become larger than {@code maxBytes}
   */
  static ByteBuffer unpack(Compression compression, ByteBuffer buffer, int from, int maxBytes)
      throws IOException {
    int length = buffer.limit() - from;
    UnpackedBytes target = new UnpackedBytes(length, maxBytes);
    try {
      if (buffer.hasArray()) {
        compression.unpack(buffer.array(), buffer.arrayOffset() + from, length, target);
      } else {
        byte[] copy = new byte[length];
        buffer.get(from, copy);
        compression.unpack(copy, 0, length, target);
      }
    } catch (MalformedException e) {
      throw e;
    } catch (IOException | RuntimeException | SnappyError e) {
      // The libraries throw unchecked exceptions of many kinds, one even an error, on such bytes.
      throw new IOException("its " + compression + " data can't be unpacked", e);
    }
    return target.toBuffer();
  }
}
