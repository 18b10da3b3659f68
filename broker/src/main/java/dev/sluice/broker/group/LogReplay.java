package dev.sluice.broker.group;

import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.ReadResult;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.common.runtime.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays an offsets partition back to a coordinator: values, tombstones and the ends of
 * transactions, in the log's order. Used by one thread, once.
 *
 * @param <T> what the coordinator makes of a record
 */
final class LogReplay<T> {

  private static final Logger LOG = LoggerFactory.getLogger(LogReplay.class);

  private static final int READ_BYTES = 1 << 20;

  /** So many offsets the coordinator keeps apart before they become one state; as in Kafka. */
  private static final long COMMIT_INTERVAL = 16_384;

  private final PartitionLog log;
  private final CoordinatorPlayback<T> playback;
  private final Deserializer<T> deserializer;
  private final BooleanSupplier isStopped;
  private long committedOffset;
  private long records;
  private long bytes;

  LogReplay(
      PartitionLog log,
      CoordinatorPlayback<T> playback,
      Deserializer<T> deserializer,
      BooleanSupplier isStopped) {
    this.log = log;
    this.playback = playback;
    this.deserializer = deserializer;
    this.isStopped = isStopped;
  }

  long records() {
    return records;
  }

  long bytes() {
    return bytes;
  }

  /**
   * Reads from the log's start to its end.
   *
   * @return the end
   * @throws dev.sluice.log.StorageException if it can't be read
   * @throws IllegalStateException if it holds what the coordinator can't understand, or if the
   *     coordinator closes meanwhile
   */
  long run() {
    long start = log.logStartOffset();
    long end = log.highWatermark();
    long offset = start;
    while (offset < end) {
      if (isStopped.getAsBoolean()) {
        throw new IllegalStateException("The coordinator was closed while it was being loaded");
      }
      ReadResult read = log.read(offset, READ_BYTES);
      for (RecordBatch batch : read.batches()) {
        replay(batch, start);
        bytes += batch.sizeBytes();
        if (batch.nextOffset() - committedOffset >= COMMIT_INTERVAL) {
          commit(batch.nextOffset());
        }
      }
      if (read.nextOffset() <= offset) {
        throw new IllegalStateException(
            "Reading " + log.name() + " stands still at offset " + offset);
      }
      offset = read.nextOffset();
    }
    // Compaction may have emptied the end of the log: the offsets count all the same.
    commit(end);
    return end;
  }

  private void commit(long offset) {
    if (offset > committedOffset) {
      playback.updateLastWrittenOffset(offset);
      playback.updateLastCommittedOffset(offset);
      committedOffset = offset;
    }
  }

  private void replay(RecordBatch batch, long logStartOffset) {
    if (batch.isControl()) {
      ControlMarker.of(batch).ifPresent(marker -> replay(batch, marker));
      return;
    }
    for (LogRecord record : batch.records()) {
      if (record.offset() >= logStartOffset) {
        records++;
        replay(batch, record);
      }
    }
  }

  private void replay(RecordBatch batch, ControlMarker marker) {
    playback.replayEndTransactionMarker(
        batch.producerId(),
        batch.producerEpoch(),
        switch (marker.type()) {
          case ABORT -> TransactionResult.ABORT;
          case COMMIT -> TransactionResult.COMMIT;
        });
  }

  private void replay(RecordBatch batch, LogRecord record) {
    try {
      playback.replay(
          record.offset(),
          batch.producerId(),
          batch.producerEpoch(),
          deserializer.deserialize(record.key(), record.value()));
    } catch (Deserializer.UnknownRecordTypeException unknown) {
      LOG.warn(
          "Ignored a record of the unknown type {} at offset {} of {}; a newer version may have"
              + " written it",
          unknown.unknownType(),
          record.offset(),
          log.name());
    } catch (RuntimeException failure) {
      throw new IllegalStateException(
          "The record at offset " + record.offset() + " of " + log.name() + " can't be applied",
          failure);
    }
  }
}
