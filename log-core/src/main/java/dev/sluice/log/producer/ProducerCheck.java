package dev.sluice.log.producer;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.ControlMarker;
import org.jspecify.annotations.Nullable;

/**
 * The rules for what a producer may append next (KIP-98, KIP-360, KIP-890), as Kafka's {@code
 * ProducerAppendInfo} has them on a leader. Pure.
 */
final class ProducerCheck {

  private ProducerCheck() {}

  /**
   * Checks records of a client.
   *
   * @param known null if nothing is known of the producer: it has appended nothing yet, or so long
   *     ago that it was forgotten, and may begin anywhere (KIP-360)
   */
  static Admission checkData(@Nullable ProducerState known, BatchFacts offered) {
    refuseIncomplete(offered);
    if (known == null) {
      return Admission.ACCEPTED;
    }
    var duplicate = known.find(offered);
    if (duplicate.isPresent()) {
      WrittenBatch batch = duplicate.get();
      return new Admission.Duplicate(
          batch.baseOffset(), batch.lastOffset(), batch.timestampMillis());
    }
    refuseOldEpoch(known, offered);
    refuseWrongSequence(known, offered);
    refuseOutsideTransaction(known, offered);
    return Admission.ACCEPTED;
  }

  /** Checks records whose sequence means nothing. */
  static void checkWithoutSequence(@Nullable ProducerState known, BatchFacts offered) {
    if (known != null) {
      refuseOldEpoch(known, offered);
      refuseOutsideTransaction(known, offered);
    }
  }

  /** Checks the end of a transaction, which need not have any record here. */
  static void checkMarker(@Nullable ProducerState known, BatchFacts offered, ControlMarker marker) {
    if (known == null) {
      return;
    }
    refuseOldEpoch(known, offered);
    if (marker.coordinatorEpoch() < known.coordinatorEpoch()) {
      throw new StorageException(
          Code.PRODUCER_FENCED,
          "A transaction marker for producer "
              + known.producerId()
              + " comes from coordinator epoch "
              + marker.coordinatorEpoch()
              + ", but epoch "
              + known.coordinatorEpoch()
              + " has written here already",
          "Stop this coordinator: another one has taken over");
    }
  }

  private static void refuseIncomplete(BatchFacts offered) {
    if (offered.producerEpoch() < 0 || offered.baseSequence() < 0) {
      throw new StorageException(
          Code.INVALID_BATCH,
          "A batch of producer "
              + offered.producerId()
              + " has epoch "
              + offered.producerEpoch()
              + " and sequence "
              + offered.baseSequence()
              + ", where both must be 0 or more",
          "Look for a defect in the program that built it");
    }
  }

  private static void refuseOldEpoch(ProducerState known, BatchFacts offered) {
    if (offered.producerEpoch() < known.producerEpoch()) {
      throw new StorageException(
          Code.PRODUCER_FENCED,
          "Producer "
              + known.producerId()
              + " comes with epoch "
              + offered.producerEpoch()
              + ", but epoch "
              + known.producerEpoch()
              + " has appended here already",
          "Close this producer, a newer instance has taken its place; or let it ask for a new epoch"
              + " and repeat its transaction");
    }
  }

  private static void refuseWrongSequence(ProducerState known, BatchFacts offered) {
    boolean isNewEpoch = offered.producerEpoch() != known.producerEpoch();
    int expected = isNewEpoch ? 0 : Sequences.next(known.lastSequence());
    if (offered.baseSequence() != expected) {
      throw new StorageException(
          Code.OUT_OF_ORDER_SEQUENCE,
          "A batch of producer "
              + known.producerId()
              + ", epoch "
              + offered.producerEpoch()
              + ", begins with sequence "
              + offered.baseSequence()
              + " where "
              + expected
              + " is expected"
              + (isNewEpoch ? ", the first one of a new epoch" : ""),
          "Send the batches before it again, in order; if they are lost, let the producer ask for a"
              + " new epoch and begin with sequence 0");
    }
  }

  private static void refuseOutsideTransaction(ProducerState known, BatchFacts offered) {
    if (known.hasTransaction() && !offered.isTransactional()) {
      throw new StorageException(
          Code.INVALID_TRANSACTION_STATE,
          "Producer "
              + known.producerId()
              + " has an open transaction since offset "
              + known.transactionFirstOffset()
              + ", but sends a batch that belongs to none",
          "Commit or abort the transaction first");
    }
  }
}
