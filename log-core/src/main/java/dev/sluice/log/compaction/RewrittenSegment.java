package dev.sluice.log.compaction;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A segment that is being made of what stays of others. Not thread-safe. */
final class RewrittenSegment implements AutoCloseable {

  private static final int MAX_BUFFER_BYTES = 1 << 20;

  /** Forced in portions: one large one would hold up the forces of appends on the same disk. */
  private static final long FORCE_BYTES = 16 << 20;

  private final Workbench bench;
  private final Path workshop;
  private final LogSegment segment;
  private final ByteBuffer buffer;
  private final Map<Long, AbortedTransaction> aborted = new HashMap<>();
  private long forcedBytes;

  /**
   * Begins it in a directory that is there.
   *
   * @param sourceBytes the size of what it is made of; it need not be exact
   */
  RewrittenSegment(Workbench bench, Path workshop, long baseOffset, long sourceBytes)
      throws IOException {
    this.bench = bench;
    this.workshop = workshop;
    this.buffer = ByteBuffer.allocate((int) Math.min(sourceBytes, MAX_BUFFER_BYTES));
    this.segment =
        LogSegment.create(bench.storage(), workshop, baseOffset, bench.indexIntervalBytes());
  }

  /**
   * What comes next is from a segment: of its index of aborted transactions, entries stay as long
   * as their markers do. A reader that has read records of one before they were removed may still
   * ask.
   */
  void beginCopyOf(LogSegment source) throws IOException {
    aborted.clear();
    for (AbortedTransaction transaction : source.transactions().all()) {
      aborted.put(transaction.lastOffset(), transaction);
    }
  }

  /**
   * Adds a batch. Its bytes are copied.
   *
   * @throws StorageException {@code TOO_LARGE} if the segment would exceed what its index can hold:
   *     packed anew, or with a delete horizon, batches may be larger than they were
   */
  void add(RecordBatch batch) throws IOException {
    int size = batch.sizeBytes();
    if (segment.sizeBytes() + buffer.position() + size > LogSegment.MAX_BYTES) {
      throw new StorageException(
          Code.TOO_LARGE,
          "Compaction would make " + segment + " larger than " + LogSegment.MAX_BYTES + " bytes",
          "Set a smaller segment size for this topic");
    }
    if (size > buffer.remaining()) {
      write(buffer.flip());
      buffer.clear();
    }
    if (size > buffer.capacity()) {
      write(batch.bytes());
    } else {
      buffer.put(batch.bytes());
    }
    AbortedTransaction ended = aborted.get(batch.lastOffset());
    if (ended != null && batch.isControl() && batch.count() > 0) {
      segment.transactions().append(ended);
    }
  }

  /**
   * Makes it complete and durable.
   *
   * @return its size
   */
  long finish() throws IOException {
    write(buffer.flip());
    segment.forceAll();
    bench.storage().syncDirectory(workshop);
    return segment.sizeBytes();
  }

  @Override
  public void close() throws IOException {
    segment.release();
  }

  private void write(ByteBuffer bytes) throws IOException {
    if (!bytes.hasRemaining()) {
      return;
    }
    segment.append(bytes);
    if (segment.sizeBytes() - forcedBytes >= FORCE_BYTES) {
      segment.force();
      forcedBytes = segment.sizeBytes();
    }
  }
}
