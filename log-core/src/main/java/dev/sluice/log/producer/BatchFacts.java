package dev.sluice.log.producer;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.BatchHeader;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of its producer; see {@link BatchHeader}.
 *
 * @param producerId or -1 if the producer is neither idempotent nor transactional
 * @param producerEpoch of the producer's instance, or -1
 * @param baseSequence of the first record, or -1 if it has none
 * @param maxTimestampMillis the largest of its records
 * @param isControl whether it holds markers, not records of applications
 * @param marker of a control batch that ends a transaction; null for other ones, and when its
 *     record has been compacted away
 */
public record BatchFacts(
    long producerId,
    short producerEpoch,
    int baseSequence,
    long baseOffset,
    long lastOffset,
    long maxTimestampMillis,
    boolean isTransactional,
    boolean isControl,
    @Nullable ControlMarker marker) {

  /**
   * Reads the batch that begins at a place in a buffer. Its header is enough, but a control batch
   * must be there as a whole.
   *
   * @throws StorageException {@code INVALID_BATCH} if it is a control batch whose record can't be
   *     read
   */
  public static BatchFacts of(ByteBuffer buffer, int at) {
    boolean isControl = BatchHeader.isControl(buffer, at);
    return new BatchFacts(
        BatchHeader.producerId(buffer, at),
        BatchHeader.producerEpoch(buffer, at),
        BatchHeader.baseSequence(buffer, at),
        BatchHeader.baseOffset(buffer, at),
        BatchHeader.lastOffset(buffer, at),
        BatchHeader.maxTimestampMillis(buffer, at),
        BatchHeader.isTransactional(buffer, at),
        isControl,
        isControl ? marker(buffer, at) : null);
  }

  /** Whether the log has to keep state for its producer. */
  public boolean hasProducer() {
    return producerId >= 0;
  }

  /** The sequence of its last record, or -1 if it has none. */
  public int lastSequence() {
    return baseSequence < 0 ? Sequences.NONE : Sequences.plus(baseSequence, offsetDelta());
  }

  /** The same batch at another place in the log. */
  public BatchFacts movedTo(long newBaseOffset) {
    return new BatchFacts(
        producerId,
        producerEpoch,
        baseSequence,
        newBaseOffset,
        newBaseOffset + offsetDelta(),
        maxTimestampMillis,
        isTransactional,
        isControl,
        marker);
  }

  int offsetDelta() {
    return (int) (lastOffset - baseOffset);
  }

  private static @Nullable ControlMarker marker(ByteBuffer buffer, int at) {
    Iterator<RecordBatch> batches =
        new RecordBatches(buffer.slice(at, buffer.limit() - at)).iterator();
    if (!batches.hasNext()) {
      throw new StorageException(
          Code.INVALID_BATCH,
          "Malformed control batch: it is cut off",
          "If it came from a client, look for a defect there; if from a file, the file is damaged");
    }
    return ControlMarker.of(batches.next()).orElse(null);
  }
}
