package dev.sluice.log.record;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/**
 * Reads what snappy-java's output stream writes: 16 bytes of header (0x82 "SNAPPY" 0x00, int32
 * version, int32 compatible version), then chunks of int32 length and a snappy block. Without the
 * header, the whole is one block, as some other clients send it.
 *
 * <p>In place of the library's own stream, which believes lengths before it has seen the bytes.
 */
final class SnappyChunks extends InputStream {

  private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
  private static final int HEADER_BYTES = 16;

  /** Snappy copies at most 64 bytes per two or three of its own: no block can claim much more. */
  private static final int MAX_RATIO = 64;

  private final DataInputStream source;
  private byte[] chunk = new byte[0];
  private int at;
  private boolean isStarted;

  SnappyChunks(InputStream source) {
    this.source = new DataInputStream(source);
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? chunk[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!hasMore()) {
      return -1;
    }
    int copied = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, target, offset, copied);
    at += copied;
    return copied;
  }

  private boolean hasMore() throws IOException {
    while (at == chunk.length) {
      byte[] block = nextBlock();
      if (block.length == 0) {
        return false;
      }
      long unpacked = Snappy.uncompressedLength(block);
      if (unpacked < 0 || unpacked > (long) MAX_RATIO * block.length) {
        throw new IOException("a block of " + block.length + " bytes can't unpack to " + unpacked);
      }
      chunk = Snappy.uncompress(block);
      at = 0;
    }
    return true;
  }

  /** The next block's bytes; none at the end. */
  private byte[] nextBlock() throws IOException {
    if (!isStarted) {
      isStarted = true;
      byte[] header = source.readNBytes(HEADER_BYTES);
      if (header.length < HEADER_BYTES || !startsWithMagic(header)) {
        byte[] rest = source.readAllBytes();
        byte[] whole = Arrays.copyOf(header, header.length + rest.length);
        System.arraycopy(rest, 0, whole, header.length, rest.length);
        return whole;
      }
    }
    if (source.available() == 0) {
      return new byte[0];
    }
    int length = source.readInt();
    if (length <= 0 || length > source.available()) {
      throw new IOException("a block of impossible length " + length);
    }
    return source.readNBytes(length);
  }

  private static boolean startsWithMagic(byte[] header) {
    return Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }
}
