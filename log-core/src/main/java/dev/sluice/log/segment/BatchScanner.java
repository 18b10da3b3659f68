package dev.sluice.log.segment;

import dev.sluice.log.io.StorageFile;
import dev.sluice.log.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks the batches of a segment's file through a window of fixed size, however large a batch
 * claims to be. Not thread-safe.
 */
public final class BatchScanner {

  /** Windows of this size are worth the effort that memory outside the heap takes. */
  private static final int DIRECT_BYTES = 1 << 20;

  private final StorageFile file;
  private final long end;
  private final boolean checksums;
  private final ByteBuffer window;
  private final ByteBuffer header = ByteBuffer.allocate(BatchLayout.RECORDS);
  private final CRC32C crc = new CRC32C();
  private long windowStart;
  private long position;
  private @Nullable String problem;

  /**
   * A scanner.
   *
   * @param start where a batch begins
   * @param end where to stop
   * @param checksums whether to check them; else only headers are read
   * @param windowBytes at least a header's size
   */
  public BatchScanner(StorageFile file, long start, long end, boolean checksums, int windowBytes) {
    this.file = file;
    this.end = end;
    this.checksums = checksums;
    int room = (int) Math.max(BatchLayout.RECORDS, Math.min(windowBytes, end - start));
    // Bytes that are summed up go from the file to where they are used without another copy.
    this.window =
        (checksums && room >= DIRECT_BYTES
                ? ByteBuffer.allocateDirect(room)
                : ByteBuffer.allocate(room))
            .limit(0);
    this.windowStart = start;
    this.position = start;
  }

  /**
   * Goes to the next batch.
   *
   * @return null at the end, or at bytes that are no complete batch; see {@link #problem}
   */
  public @Nullable BatchInfo next() throws IOException {
    if (problem != null || position >= end) {
      return null;
    }
    int at = fill(position, BatchLayout.RECORDS);
    if (at < 0) {
      problem = "the file ends within a batch header";
      return null;
    }
    header.put(0, window, at, BatchLayout.RECORDS);
    BatchInfo batch = BatchInfo.of(window, at, position);
    problem = check(batch, at);
    if (problem != null) {
      return null;
    }
    position = batch.endPosition();
    return batch;
  }

  /** The header of the batch that was passed last, from position 0 on; overwritten by the next. */
  public ByteBuffer header() {
    return header;
  }

  /** Reads all bytes of a batch that was passed. */
  public ByteBuffer read(BatchInfo batch) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(batch.sizeBytes());
    if (file.read(bytes, batch.position()) < batch.sizeBytes()) {
      throw new IOException(file + " became shorter while it was read");
    }
    return bytes.flip();
  }

  /** Where the next batch begins, or the bytes that are none. */
  public long position() {
    return position;
  }

  /** What is wrong at {@link #position}, or null. */
  public @Nullable String problem() {
    return problem;
  }

  private @Nullable String check(BatchInfo batch, int at) throws IOException {
    if (batch.sizeBytes() < BatchLayout.RECORDS) {
      return "a batch of impossible length";
    }
    byte magic = window.get(at + BatchLayout.MAGIC);
    if (magic != BatchLayout.MAGIC_V2) {
      return "a batch of format version " + magic + " where 2 is expected";
    }
    if (batch.endPosition() > end) {
      return "the file ends within a batch";
    }
    if (batch.baseOffset() < 0 || batch.lastOffset() < batch.baseOffset()) {
      return "a batch with impossible offsets";
    }
    int expected = window.getInt(at + BatchLayout.CRC);
    return !checksums || checksum(batch) == expected
        ? null
        : "a batch whose checksum does not fit its bytes";
  }

  private int checksum(BatchInfo batch) throws IOException {
    crc.reset();
    long from = batch.position() + BatchLayout.ATTRIBUTES;
    while (from < batch.endPosition()) {
      int at = fill(from, 1);
      if (at < 0) {
        throw new IOException(file + " became shorter while it was read");
      }
      int length = (int) Math.min(window.limit() - at, batch.endPosition() - from);
      crc.update(window.slice(at, length));
      from += length;
    }
    return (int) crc.getValue();
  }

  /** Brings bytes into the window; returns their place in it, or -1 if the file has fewer. */
  private int fill(long from, int needed) throws IOException {
    if (from < windowStart || from + needed > windowStart + window.limit()) {
      int wanted = (int) Math.min(window.capacity(), end - from);
      window.clear().limit(wanted);
      int read = file.read(window, from);
      window.position(0).limit(read);
      windowStart = from;
    }
    return windowStart + window.limit() - from < needed ? -1 : (int) (from - windowStart);
  }
}
