package dev.sluice.log.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/**
 * Unpacks what snappy-java's output stream writes, as Kafka's clients do: 16 bytes of header (0x82
 * "SNAPPY" 0x00, int32 version, int32 compatible version), then chunks of int32 length and a snappy
 * block; numbers are big endian. Without the header, the whole is one block, as some other clients
 * send it.
 *
 * <p>In place of the library's own stream, which believes lengths before it has seen the bytes.
 */
final class SnappyChunks {

  private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
  private static final int HEADER_BYTES = 16;

  /** Snappy copies at most 64 bytes for three of its own: no block can become much larger. */
  private static final int MAX_RATIO = 22;

  private SnappyChunks() {}

  static void unpack(byte[] source, int from, int length, UnpackedBytes target) throws IOException {
    if (!hasHeader(source, from, length)) {
      block(source, from, length, target);
      return;
    }
    ByteBuffer chunks = ByteBuffer.wrap(source, from + HEADER_BYTES, length - HEADER_BYTES);
    while (chunks.hasRemaining()) {
      int size = chunks.remaining() < Integer.BYTES ? 0 : chunks.getInt();
      if (size <= 0 || size > chunks.remaining()) {
        throw new MalformedException("a snappy block of impossible length");
      }
      block(source, chunks.position(), size, target);
      chunks.position(chunks.position() + size);
    }
  }

  private static void block(byte[] source, int from, int length, UnpackedBytes target)
      throws IOException {
    int unpacked = Snappy.uncompressedLength(source, from, length);
    if (unpacked < 0 || unpacked > (long) MAX_RATIO * length) {
      throw new MalformedException(
          "a snappy block of " + length + " bytes can't unpack to " + unpacked);
    }
    target.expect(unpacked);
    target.ensureRoom(unpacked);
    target.added(Snappy.uncompress(source, from, length, target.array(), target.size()));
  }

  private static boolean hasHeader(byte[] source, int from, int length) {
    return length >= HEADER_BYTES
        && Arrays.equals(source, from, from + MAGIC.length, MAGIC, 0, MAGIC.length);
  }
}
