package dev.sluice.log.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.log.record.BatchLayout;
import dev.sluice.log.record.Compression;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.RecordBatches;
import dev.sluice.log.record.RecordHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Makes batches of any kind: of producers, of transactions, with markers, with damage. */
final class BatchMaker {

  private static final int TRANSACTIONAL = 0x10;
  private static final int CONTROL = 0x20;

  private final RecordBatchBuilder builder;
  private long producerId = -1;
  private int flags;

  private BatchMaker(Compression compression) {
    this.builder = new RecordBatchBuilder(compression, 1024);
  }

  static BatchMaker batch() {
    return batch(Compression.NONE);
  }

  static BatchMaker batch(Compression compression) {
    return new BatchMaker(compression);
  }

  /** The marker that ends a transaction. */
  static RecordBatch marker(long offset, long producerId, boolean isCommit) {
    BatchMaker maker = batch().producer(producerId).transactional();
    maker.flags |= CONTROL;
    byte[] key = {0, 0, 0, (byte) (isCommit ? 1 : 0)};
    maker.builder.append(1_000, key, new byte[6]);
    return maker.at(offset);
  }

  BatchMaker producer(long id) {
    producerId = id;
    return this;
  }

  BatchMaker transactional() {
    flags |= TRANSACTIONAL;
    return this;
  }

  BatchMaker put(String key, String value) {
    return record(1_000, key, value);
  }

  BatchMaker tombstone(String key) {
    return record(1_000, key, null);
  }

  BatchMaker record(long timestampMillis, @Nullable String key, @Nullable String value) {
    List<RecordHeader> headers =
        value == null ? List.of() : List.of(new RecordHeader("h", value.getBytes(UTF_8)));
    builder.append(
        timestampMillis,
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8),
        headers);
    return this;
  }

  /** The batch, with its first record at an offset. */
  RecordBatch at(long baseOffset) {
    return changed(
        builder.build(),
        bytes -> {
          bytes.putLong(BatchLayout.BASE_OFFSET, baseOffset);
          bytes.putInt(BatchLayout.LEADER_EPOCH, 7);
          int attributes = bytes.getShort(BatchLayout.ATTRIBUTES);
          bytes.putShort(BatchLayout.ATTRIBUTES, (short) (attributes | flags));
          if (producerId >= 0) {
            bytes.putLong(BatchLayout.PRODUCER_ID, producerId);
            bytes.putShort(BatchLayout.PRODUCER_EPOCH, (short) 3);
            bytes.putInt(BatchLayout.BASE_SEQUENCE, (int) baseOffset);
          }
        });
  }

  /** A change of a batch's bytes. */
  interface Change {
    void make(ByteBuffer bytes);
  }

  /** A copy of a batch that is changed and has the right checksum. */
  static RecordBatch changed(RecordBatch batch, Change change) {
    ByteBuffer bytes = ByteBuffer.allocate(batch.sizeBytes()).put(batch.bytes()).flip();
    change.make(bytes);
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(BatchLayout.ATTRIBUTES));
    bytes.putInt(BatchLayout.CRC, (int) crc.getValue());
    return new RecordBatches(bytes).iterator().next();
  }

  /** A batch whose frame is well, but whose last header claims more bytes than there are. */
  static RecordBatch malformed(RecordBatch batch) {
    return changed(batch, bytes -> bytes.put(bytes.limit() - 2, (byte) 0x7e));
  }
}
