package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.partition.PendingAppend.Origin;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.producer.ProducerState;
import dev.sluice.log.producer.TransactionIndex;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a partition's log knows of idempotent and transactional producers (KIP-98). Thread-safe. */
public final class TransactionLog {

  private final String name;
  private final Clock clock;
  private final GroupCommit commit;

  TransactionLog(String name, Clock clock, GroupCommit commit) {
    this.name = name;
    this.clock = clock;
    this.commit = commit;
  }

  /**
   * Ends a producer's transaction in this partition. Repeating it does no harm.
   *
   * @return as for {@link PartitionLog#append(ByteBuffer)}; fails with {@code PRODUCER_FENCED} if
   *     producer or coordinator have been replaced
   */
  public CompletableFuture<AppendResult> end(
      long producerId, short producerEpoch, ControlMarker marker) {
    RecordBatch batch = marker.toBatch(clock.millis(), producerId, producerEpoch);
    return append(batch, PendingAppend.AT_THE_END);
  }

  /**
   * Appends a batch that a coordinator has built of its state, at one place and no other: so that
   * the coordinator may go on with the next one before this one is durable, and none gets into the
   * log without those that it builds on. The batch may be in a producer's name, its sequence means
   * nothing then, or the end of a transaction.
   *
   * @param bytes one batch, from position to limit; copied
   * @param offset the log end that it is to be written at
   * @return as for {@link PartitionLog#append(ByteBuffer)}; fails with {@code OFFSET_OUT_OF_RANGE}
   *     if the log ends elsewhere by then, with {@code PRODUCER_FENCED} or {@code
   *     INVALID_TRANSACTION_STATE} if the producer or the coordinator has been replaced
   */
  public CompletableFuture<AppendResult> append(ByteBuffer bytes, long offset) {
    try {
      return append(AppendCheck.coordinatorBatch(bytes, commit.settings().maxBatchBytes()), offset);
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<AppendResult> append(RecordBatch batch, long place) {
    PendingAppend append =
        new PendingAppend(Origin.COORDINATOR, batch.sizeBytes(), batch.count(), place);
    commit.append(append, batch.bytes());
    return append;
  }

  /**
   * The offset behind the last visible record that no open transaction can take back; the high
   * watermark if there is none.
   */
  public long lastStableOffset() {
    return commit.view().lastStableOffset();
  }

  /**
   * The aborted transactions that have records in a range, in no order: a reader of committed data
   * drops the records of each producer from its first offset up to the marker.
   *
   * @param fromOffset the first offset of the range
   * @param toOffset the offset behind it
   * @throws StorageException {@code IO}, {@code OFFLINE}, {@code CLOSED}
   */
  public List<AbortedTransaction> aborted(long fromOffset, long toOffset) {
    LogView view = commit.availableView();
    List<AbortedTransaction> aborted = new ArrayList<>();
    for (int i = view.segmentOf(fromOffset); i < view.segments().size(); i++) {
      LogSegment segment = view.segments().get(i);
      if (!segment.retain()) {
        return aborted(fromOffset, toOffset); // Deleted or replaced; the next view says by what.
      }
      try {
        TransactionIndex.Found found = segment.transactions().collect(fromOffset, toOffset);
        aborted.addAll(found.transactions());
        if (found.isComplete()) {
          return aborted;
        }
      } catch (IOException e) {
        throw unreadable(segment, e);
      } finally {
        LogReader.release(segment);
      }
    }
    return aborted;
  }

  /** The producers that are known, in no order. */
  public List<ProducerState> producers() {
    List<ProducerState> producers = new ArrayList<>();
    commit.exclusively(
        "list the producers of", writer -> producers.addAll(writer.admission().producers().list()));
    return producers;
  }

  private StorageException unreadable(LogSegment segment, IOException e) {
    return new StorageException(
        Code.IO,
        "Could not read the aborted transactions of " + name + " in " + segment,
        "Close the log, delete "
            + PartitionCheckpoint.FILE_NAME
            + " beside it and start again: the whole partition is read then, and its indexes made anew",
        e);
  }
}
