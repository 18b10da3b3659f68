package dev.sluice.log.record;

import dev.sluice.log.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xerial.snappy.SnappyError;

/** Unpacks the records of a compressed batch, never to more than a bound. */
final class Unpacker {

  private static final int FIRST_BYTES = 8 * 1024;

  private Unpacker() {}

  static ByteBuffer unpack(Compression compression, ByteBuffer packed, int maxBytes) {
    byte[] source = new byte[packed.remaining()];
    packed.get(source);
    try (InputStream stream = compression.decompress(new ByteArrayInputStream(source))) {
      return readAll(stream, compression, maxBytes);
    } catch (StorageException e) {
      throw e;
    } catch (IOException | RuntimeException | SnappyError e) {
      // The libraries throw unchecked exceptions of many kinds, one even an error, on such bytes.
      throw BatchProblems.corrupt("its " + compression + " data can't be unpacked", e);
    }
  }

  private static ByteBuffer readAll(InputStream stream, Compression compression, int maxBytes)
      throws IOException {
    byte[] target = new byte[Math.min(FIRST_BYTES, maxBytes)];
    int size = 0;
    while (true) {
      int read = stream.read(target, size, target.length - size);
      if (read < 0) {
        return ByteBuffer.wrap(target, 0, size).asReadOnlyBuffer();
      }
      size += read;
      if (size == target.length) {
        if (size >= maxBytes) {
          throw BatchProblems.corrupt(
              "its " + compression + " data unpacks to more than " + maxBytes + " bytes");
        }
        target = Arrays.copyOf(target, (int) Math.min(maxBytes, 2L * size));
      }
    }
  }
}
