package dev.sluice.log.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Batches whose header and checksum are right, whatever is inside. */
public final class ForgedBatch {

  private static final long TIME = 1_700_000_000_000L;

  private ForgedBatch() {}

  /**
   * A batch.
   *
   * @param packed what stands behind the header
   */
  public static ByteBuffer of(Compression compression, int count, byte[] packed) {
    ByteBuffer batch = ByteBuffer.allocate(BatchLayout.RECORDS + packed.length);
    batch.putInt(BatchLayout.LENGTH, batch.limit() - BatchLayout.OVERHEAD);
    batch.put(BatchLayout.MAGIC, BatchLayout.MAGIC_V2);
    batch.putShort(BatchLayout.ATTRIBUTES, (short) compression.ordinal());
    batch.putInt(BatchLayout.LAST_OFFSET_DELTA, count - 1);
    batch.putLong(BatchLayout.BASE_TIMESTAMP, TIME);
    batch.putLong(BatchLayout.MAX_TIMESTAMP, TIME);
    batch.putLong(BatchLayout.PRODUCER_ID, -1);
    batch.putShort(BatchLayout.PRODUCER_EPOCH, (short) -1);
    batch.putInt(BatchLayout.BASE_SEQUENCE, -1);
    batch.putInt(BatchLayout.RECORD_COUNT, count);
    batch.put(BatchLayout.RECORDS, packed);
    fixChecksum(batch);
    return batch;
  }

  /** Makes the checksum fit the bytes, if there is room for a header. */
  public static void fixChecksum(ByteBuffer batch) {
    if (batch.limit() >= BatchLayout.RECORDS) {
      batch.putInt(BatchLayout.CRC, Checksums.of(batch, 0, batch.limit()));
    }
  }

  /** The bytes of the records of a batch that is not compressed. */
  static byte[] records(RecordBatch batch) {
    byte[] records = new byte[batch.sizeBytes() - BatchLayout.RECORDS];
    batch.bytes().get(BatchLayout.RECORDS, records);
    return records;
  }

  static byte[] pack(Compression compression, byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream stream = compression.compress(packed)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
