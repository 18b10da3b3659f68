package dev.sluice.log.record;

import dev.sluice.log.StorageException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a transaction in a partition: the one record of a control batch, Kafka's
 * "EndTransactionMarker" (KIP-98). Its bytes, big endian:
 *
 * <pre>
 * key:   int16 version, 0; int16 type: 0 abort, 1 commit
 * value: int16 version, 0; int32 coordinator epoch
 * </pre>
 *
 * @param type how it ended
 * @param coordinatorEpoch the epoch of the coordinator that wrote it; older ones are refused
 */
public record ControlMarker(Type type, int coordinatorEpoch) {

  /** How a transaction ended; the ordinal is the code in the key. */
  public enum Type {
    ABORT,
    COMMIT
  }

  private static final short VERSION = 0;
  private static final int KEY_BYTES = 4;
  private static final int VALUE_BYTES = 6;

  /** Markers are small; what unpacks to more is none. */
  private static final int MAX_UNPACKED_BYTES = 64 * 1024;

  /** A batch with this marker alone, in a buffer of its own. */
  public RecordBatch toBatch(long timestampMillis, long producerId, short producerEpoch) {
    byte[] key =
        ByteBuffer.allocate(KEY_BYTES).putShort(VERSION).putShort((short) type.ordinal()).array();
    byte[] value =
        ByteBuffer.allocate(VALUE_BYTES).putShort(VERSION).putInt(coordinatorEpoch).array();
    RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE, 128);
    builder.append(timestampMillis, key, value);
    builder.producer(producerId, producerEpoch, BatchHeader.NO_SEQUENCE, true);
    builder.control();
    return builder.build();
  }

  /**
   * The marker in a batch; none if it is no control batch, an empty one (which compaction leaves),
   * or one of a kind unknown here, which a reader ignores.
   *
   * @throws StorageException {@code INVALID_BATCH} if a control batch is malformed
   */
  public static Optional<ControlMarker> of(RecordBatch batch) {
    if (!batch.isControl()) {
      return Optional.empty();
    }
    Iterator<LogRecord> records = batch.records(MAX_UNPACKED_BYTES).iterator();
    return records.hasNext() ? of(batch, records.next()) : Optional.empty();
  }

  private static Optional<ControlMarker> of(RecordBatch batch, LogRecord record) {
    ByteBuffer key = versioned(batch, record.key(), KEY_BYTES);
    Type type =
        switch (key.getShort(2)) {
          case 0 -> Type.ABORT;
          case 1 -> Type.COMMIT;
          default -> null;
        };
    if (type == null) {
      return Optional.empty();
    }
    ByteBuffer value = versioned(batch, record.value(), VALUE_BYTES);
    return Optional.of(new ControlMarker(type, value.getInt(2)));
  }

  /** Later versions add fields behind those known here. */
  private static ByteBuffer versioned(RecordBatch batch, @Nullable ByteBuffer bytes, int minBytes) {
    if (bytes == null || bytes.remaining() < minBytes || bytes.getShort(0) < 0) {
      throw BatchProblems.corrupt(batch, "its control record is not one");
    }
    return bytes;
  }
}
