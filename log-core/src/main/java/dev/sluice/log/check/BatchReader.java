package dev.sluice.log.check;

import dev.sluice.log.io.StorageFile;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatches;
import dev.sluice.log.segment.BatchInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;

/** Reads whole batches into a buffer that is kept and grows as needed. Not thread-safe. */
final class BatchReader {

  /** Larger batches are not read as a whole; what unpacks to more is not unpacked. */
  static final int MAX_BYTES = 128 << 20;

  private static final int FIRST_BYTES = 64 * 1024;

  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES);

  /**
   * A view of a batch, valid until the next call.
   *
   * @param batch of at most {@link #MAX_BYTES}
   */
  RecordBatch read(StorageFile file, BatchInfo batch) throws IOException {
    if (buffer.capacity() < batch.sizeBytes()) {
      buffer =
          ByteBuffer.allocate(
              (int) Math.max(batch.sizeBytes(), Math.min(MAX_BYTES, 2L * buffer.capacity())));
    }
    buffer.clear().limit(batch.sizeBytes());
    int read = file.read(buffer, batch.position());
    Iterator<RecordBatch> batches = new RecordBatches(buffer.flip()).iterator();
    if (read < batch.sizeBytes() || !batches.hasNext()) {
      throw new IOException(file + " changed while it was read");
    }
    return batches.next();
  }
}
