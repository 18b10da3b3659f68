package dev.sluice.log.producer;

import java.nio.ByteBuffer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.EndTransactionMarker;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;

/** Batches as Kafka builds them. */
final class KafkaBatches {

  private static final int LEADER_EPOCH = 3;

  private KafkaBatches() {}

  /** What a data batch is to say. */
  record Data(
      long producerId, int epoch, int sequence, int records, boolean isTransactional, long time) {

    MemoryRecords at(long baseOffset) {
      SimpleRecord[] simple = new SimpleRecord[records];
      for (int i = 0; i < records; i++) {
        simple[i] = new SimpleRecord(time, null, new byte[] {(byte) i});
      }
      if (producerId < 0) {
        return MemoryRecords.withRecords(baseOffset, Compression.NONE, LEADER_EPOCH, simple);
      }
      return isTransactional
          ? MemoryRecords.withTransactionalRecords(
              baseOffset,
              Compression.NONE,
              producerId,
              (short) epoch,
              sequence,
              LEADER_EPOCH,
              simple)
          : MemoryRecords.withIdempotentRecords(
              baseOffset,
              Compression.NONE,
              producerId,
              (short) epoch,
              sequence,
              LEADER_EPOCH,
              simple);
    }
  }

  static MemoryRecords marker(
      long producerId,
      int epoch,
      boolean isAborted,
      int coordinatorEpoch,
      long baseOffset,
      long time) {
    ControlRecordType type = isAborted ? ControlRecordType.ABORT : ControlRecordType.COMMIT;
    return MemoryRecords.withEndTransactionMarker(
        baseOffset,
        time,
        LEADER_EPOCH,
        producerId,
        (short) epoch,
        new EndTransactionMarker(type, coordinatorEpoch));
  }

  /** As the log's own code sees it, somewhere in a buffer. */
  static BatchFacts facts(MemoryRecords records) {
    int before = 17;
    ByteBuffer bytes = records.buffer().duplicate();
    ByteBuffer shifted = ByteBuffer.allocate(before + bytes.remaining());
    shifted.position(before).put(bytes).rewind();
    return BatchFacts.of(shifted, before);
  }

  static RecordBatch batch(MemoryRecords records) {
    return records.batches().iterator().next();
  }
}
