package dev.sluice.log.producer;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.BatchLayout;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of its producer; see {@link BatchLayout}.
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
    @Nullable EndMarker marker) {

  private static final int TRANSACTIONAL_FLAG = 0x10;
  private static final int CONTROL_FLAG = 0x20;
  private static final int ABORT = 0;
  private static final int COMMIT = 1;
  private static final int KEY_BYTES = 4;
  private static final int VALUE_BYTES = 6;

  /**
   * Reads the batch that begins at a place in a buffer. Its header is enough, but a control batch
   * must be there as a whole.
   *
   * @throws StorageException {@code INVALID_BATCH} if it is a control batch whose record can't be
   *     read
   */
  public static BatchFacts of(ByteBuffer buffer, int at) {
    long baseOffset = buffer.getLong(at + BatchLayout.BASE_OFFSET);
    int attributes = buffer.getShort(at + BatchLayout.ATTRIBUTES);
    boolean isControl = (attributes & CONTROL_FLAG) != 0;
    return new BatchFacts(
        buffer.getLong(at + BatchLayout.PRODUCER_ID),
        buffer.getShort(at + BatchLayout.PRODUCER_EPOCH),
        buffer.getInt(at + BatchLayout.BASE_SEQUENCE),
        baseOffset,
        baseOffset + buffer.getInt(at + BatchLayout.LAST_OFFSET_DELTA),
        buffer.getLong(at + BatchLayout.MAX_TIMESTAMP),
        (attributes & TRANSACTIONAL_FLAG) != 0,
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

  /**
   * Reads the first record of a control batch. Its key: int16 version, int16 type (0 abort, 1
   * commit, others end no transaction); its value: int16 version, int32 coordinator epoch. Newer
   * versions may be longer.
   */
  private static @Nullable EndMarker marker(ByteBuffer buffer, int at) {
    Iterator<RecordBatch> batches =
        new RecordBatches(buffer.slice(at, buffer.limit() - at)).iterator();
    if (!batches.hasNext()) {
      throw malformed("it is cut off");
    }
    Iterator<LogRecord> records = batches.next().records().iterator();
    if (!records.hasNext()) {
      return null;
    }
    LogRecord record = records.next();
    ByteBuffer key = record.key();
    if (key == null || key.remaining() < KEY_BYTES) {
      throw malformed("its key is too short");
    }
    int type = key.getShort(key.position() + Short.BYTES);
    if (type != ABORT && type != COMMIT) {
      return null;
    }
    ByteBuffer value = record.value();
    if (value == null || value.remaining() < VALUE_BYTES) {
      throw malformed("its value is too short");
    }
    return new EndMarker(type == ABORT, value.getInt(value.position() + Short.BYTES));
  }

  private static StorageException malformed(String problem) {
    return new StorageException(
        Code.INVALID_BATCH,
        "Malformed control batch: " + problem,
        "If it came from a client, look for a defect there; if from a file, the file is damaged");
  }
}
