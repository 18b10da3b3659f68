package dev.sluice.log.record;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
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
    InputStream decompress(InputStream source) {
      return source;
    }
  },
  GZIP {
    @Override
    OutputStream compress(OutputStream target) throws IOException {
      return new GZIPOutputStream(target, BUFFER_BYTES);
    }

    @Override
    InputStream decompress(InputStream source) throws IOException {
      return new GZIPInputStream(source, BUFFER_BYTES);
    }
  },
  /** In snappy-java's stream framing, as Kafka has it; one raw block is read too. */
  SNAPPY {
    @Override
    OutputStream compress(OutputStream target) {
      return new SnappyOutputStream(target);
    }

    @Override
    InputStream decompress(InputStream source) {
      return new SnappyChunks(source);
    }
  },
  /** LZ4 frames of independent 64 KiB blocks without checksums: the batch has its own. */
  LZ4 {
    @Override
    OutputStream compress(OutputStream target) throws IOException {
      return new LZ4FrameOutputStream(target, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE);
    }

    @Override
    InputStream decompress(InputStream source) throws IOException {
      return new LZ4FrameInputStream(source);
    }
  },
  ZSTD {
    @Override
    OutputStream compress(OutputStream target) throws IOException {
      return new ZstdOutputStream(target);
    }

    @Override
    InputStream decompress(InputStream source) throws IOException {
      return new ZstdInputStream(source);
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

  abstract OutputStream compress(OutputStream target) throws IOException;

  abstract InputStream decompress(InputStream source) throws IOException;
}
