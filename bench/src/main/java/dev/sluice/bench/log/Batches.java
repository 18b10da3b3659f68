package dev.sluice.bench.log;

import dev.sluice.log.record.BatchLayout;
import dev.sluice.log.record.Compression;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;

/** Prebuilt batches that both engines take: each record has a value only. */
final class Batches {

  private Batches() {}

  /**
   * One batch.
   *
   * @param recordBytes size of a record's value: random bytes, or words if it is to be compressed
   */
  static ByteBuffer of(int records, int recordBytes, Compression compression) {
    Random random = new Random(records * 31L + recordBytes);
    RecordBatchBuilder builder = new RecordBatchBuilder(compression, 16 * 1024);
    byte[] value = new byte[recordBytes];
    for (int i = 0; i < records; i++) {
      for (int at = 0; at < recordBytes; at++) {
        value[at] =
            (byte)
                (compression == Compression.NONE
                    ? random.nextInt(256)
                    : "temperature".charAt(at % 11) + (at % 37 == 0 ? random.nextInt(10) : 0));
      }
      builder.append(System.currentTimeMillis(), null, value);
    }
    ByteBuffer batch = builder.build().bytes();
    ByteBuffer own = ByteBuffer.allocate(batch.remaining());
    own.put(batch).flip();
    return own;
  }

  /** A batch of one's own to append: engines may write offsets into it. */
  static ByteBuffer copy(ByteBuffer batch) {
    ByteBuffer copy = ByteBuffer.allocate(batch.remaining());
    copy.put(batch.duplicate()).flip();
    return copy;
  }

  /** Gives all records of a batch that has no time deltas another time. */
  static void stamp(ByteBuffer batch, long timestampMillis) {
    batch.putLong(BatchLayout.BASE_TIMESTAMP, timestampMillis);
    batch.putLong(BatchLayout.MAX_TIMESTAMP, timestampMillis);
    CRC32C crc = new CRC32C();
    crc.update(batch.duplicate().position(BatchLayout.ATTRIBUTES));
    batch.putInt(BatchLayout.CRC, (int) crc.getValue());
  }
}
