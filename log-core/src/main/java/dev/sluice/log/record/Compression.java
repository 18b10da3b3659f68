package dev.sluice.log.record;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import org.xerial.snappy.SnappyOutputStream;

/** How the records of a batch are compressed; the ordinal is the code in the batch's attributes. */
public enum Compression {
  NONE {
    @Override
    OutputStream compress(OutputStream target) {
      return target;
    }

    @Override
    void unpack(byte[] source, int from, int length, UnpackedBytes target)
        throws MalformedException {
      target.expect(length);
      target.ensureRoom(length);
      System.arraycopy(source, from, target.array(), target.size(), length);
      target.added(length);
    }
  },
  GZIP {
    @Override
    OutputStream compress(OutputStream target) throws IOException {
      return new GZIPOutputStream(target, BUFFER_BYTES);
    }

    @Override
    void unpack(byte[] source, int from, int length, UnpackedBytes target) throws IOException {
      GzipMembers.unpack(source, from, length, target);
    }
  },
  /** In snappy-java's stream framing, as Kafka has it; one raw block is read too. */
  SNAPPY {
    @Override
    OutputStream compress(OutputStream target) {
      return new SnappyOutputStream(target);
    }

    @Override
    void unpack(byte[] source, int from, int length, UnpackedBytes target) throws IOException {
      SnappyChunks.unpack(source, from, length, target);
    }
  },
  /** LZ4 frames of independent 64 KiB blocks without checksums: the batch has its own. */
  LZ4 {
    @Override
    OutputStream compress(OutputStream target) throws IOException {
      return new LZ4FrameOutputStream(target, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE);
    }

    @Override
    void unpack(byte[] source, int from, int length, UnpackedBytes target) throws IOException {
      Lz4Frame.unpack(source, from, length, target);
    }
  },
  ZSTD {
    @Override
    OutputStream compress(OutputStream target) throws IOException {
      return new ZstdOutputStreamNoFinalizer(target, RecyclingBufferPool.INSTANCE);
    }

    @Override
    void unpack(byte[] source, int from, int length, UnpackedBytes target) throws IOException {
      ZstdFrames.unpack(source, from, length, target);
    }
  };

  private static final int BUFFER_BYTES = 8 * 1024;
  private static final Compression[] BY_CODE = values();

  /** The compression with this code, 0 to 4; any other is malformed. */
  static Compression ofCode(int code) {
    if (code >= BY_CODE.length) {
      throw BatchProblems.corrupt("unknown compression " + code);
    }
    return BY_CODE[code];
  }

  /** A stream that compresses to another one; it is to be closed. */
  abstract OutputStream compress(OutputStream target) throws IOException;

  /**
   * Unpacks all of a part of an array.
   *
   * @throws IOException if it is malformed or becomes larger than the target takes; on malformed
   *     bytes the libraries throw unchecked exceptions too
   */
  abstract void unpack(byte[] source, int from, int length, UnpackedBytes target)
      throws IOException;
}
