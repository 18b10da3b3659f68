package dev.sluice.broker.group;

import dev.sluice.log.StorageException;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.producer.BatchFacts;
import dev.sluice.log.producer.ProducerStates;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Time;

/**
 * An offsets partition as one load of the coordinator writes it. Not thread-safe: the coordinator's
 * runtime has one thread at a time work on a partition, and orders what they see.
 *
 * <p>PREDICTED-IS-ASSIGNED: nobody else appends there, so the offset behind a batch is known before
 * the batch is durable, and the coordinator need not wait for the disk to go on. Each batch is
 * appended at its predicted place or not at all; once one has failed, all behind it do, and the
 * coordinator is loaded anew. So that only trouble of the disk can cause that, what the log will
 * say of producers is decided here first, on a copy of its state.
 */
final class CoordinatorLog {

  private final PartitionLog log;
  private final Time time;
  private final ProducerStates producers = new ProducerStates();
  private long nextOffset;

  /**
   * The log once it has been read to its end.
   *
   * @param nextOffset its end
   */
  CoordinatorLog(PartitionLog log, Time time, long nextOffset) {
    this.log = log;
    this.time = time;
    this.nextOffset = nextOffset;
    producers.restore(log.transactions().producers(), time.milliseconds());
  }

  /** The offset that the next record gets. */
  long nextOffset() {
    return nextOffset;
  }

  /** The largest batch that is taken. */
  int maxBatchBytes() {
    return log.settings().maxBatchBytes();
  }

  /**
   * Appends one batch.
   *
   * @return what {@link dev.sluice.log.partition.TransactionLog#append} does; if it fails, so will
   *     all later ones
   * @throws StorageException {@code TOO_LARGE}, {@code INVALID_BATCH}, {@code PRODUCER_FENCED},
   *     {@code INVALID_TRANSACTION_STATE}; nothing has changed then
   */
  CompletableFuture<AppendResult> append(ByteBuffer batch) {
    if (batch.remaining() > maxBatchBytes()) {
      throw new StorageException(
          StorageException.Code.TOO_LARGE,
          "A group's state takes " + batch.remaining() + " bytes, of " + maxBatchBytes(),
          "Let the group have fewer members or partitions, or let clients commit fewer offsets at"
              + " a time");
    }
    BatchFacts facts = BatchFacts.of(batch, batch.position()).movedTo(nextOffset);
    admit(facts);
    long place = nextOffset;
    nextOffset = facts.lastOffset() + 1;
    return log.transactions().append(batch, place);
  }

  private void admit(BatchFacts facts) {
    long now = time.milliseconds();
    if (facts.isControl()) {
      var unused = producers.check(facts);
      int expired = producers.expire(now, ProducerStates.DEFAULT_MAX_IDLE);
    } else {
      producers.checkWithoutSequence(facts);
    }
    var completed = producers.apply(facts, now);
  }
}
