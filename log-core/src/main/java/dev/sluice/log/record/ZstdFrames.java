package dev.sluice.log.record;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Unpacks Zstandard frames (RFC 8878), and nothing behind them. */
final class ZstdFrames {

  /**
   * The largest window that any level writes, 128 MiB. A frame may claim one of many gigabytes, and
   * the library reserves it outside the heap; of what it reserves it touches only what the frame
   * really fills.
   */
  private static final int MAX_WINDOW_LOG = 27;

  private ZstdFrames() {}

  static void unpack(byte[] source, int from, int length, UnpackedBytes target) throws IOException {
    try (ZstdInputStreamNoFinalizer stream =
        new ZstdInputStreamNoFinalizer(
            new ByteArrayInputStream(source, from, length), RecyclingBufferPool.INSTANCE)) {
      ZstdInputStreamNoFinalizer limited = stream.setLongMax(MAX_WINDOW_LOG);
      while (true) {
        target.ensureRoom(1);
        int read = limited.read(target.array(), target.size(), target.room());
        if (read < 0) {
          return;
        }
        target.added(read);
      }
    }
  }
}
