package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An append that waits for the disk; as a future, its caller's. Its outcome is settled by the
 * flusher when the batches are admitted, and told when they are durable under the flush setting.
 */
final class PendingAppend extends CompletableFuture<AppendResult> {

  /** Who appends. */
  enum Origin {
    /** A client: the log numbers the batches. */
    CLIENT,
    /** A coordinator; numbered too, but its batches have no sequences to check. */
    COORDINATOR,
    /** The partition's leader elsewhere: numbered already. */
    LEADER
  }

  /** The place of an append that goes wherever the log ends. */
  static final long AT_THE_END = -1;

  private final Origin origin;
  private final int sizeBytes;
  private final long offsets;
  private final long place;
  private final @Nullable AppendOrder order;
  private @Nullable AppendResult result;
  private @Nullable StorageException refusal;

  /**
   * An append.
   *
   * @param sizeBytes its bytes in the chunk
   * @param offsets how many it takes; of those that are numbered already, the offset behind them
   */
  PendingAppend(Origin origin, int sizeBytes, long offsets) {
    this(origin, sizeBytes, offsets, AT_THE_END, null);
  }

  /** A client's append that belongs behind others. */
  PendingAppend(int sizeBytes, long offsets, AppendOrder order) {
    this(Origin.CLIENT, sizeBytes, offsets, AT_THE_END, order);
  }

  /**
   * An append that has a place.
   *
   * @param place the first offset that it is to get, or {@link #AT_THE_END}
   */
  PendingAppend(Origin origin, int sizeBytes, long offsets, long place) {
    this(origin, sizeBytes, offsets, place, null);
  }

  private PendingAppend(
      Origin origin, int sizeBytes, long offsets, long place, @Nullable AppendOrder order) {
    this.origin = origin;
    this.sizeBytes = sizeBytes;
    this.offsets = offsets;
    this.place = place;
    this.order = order;
  }

  Origin origin() {
    return origin;
  }

  int sizeBytes() {
    return sizeBytes;
  }

  /** The offset behind it, if it comes next. */
  long endOffset(long nextOffset) {
    return origin == Origin.LEADER ? offsets : nextOffset + offsets;
  }

  /** Whether it may begin at an offset. */
  boolean fitsAt(long offset) {
    return place == AT_THE_END || place == offset;
  }

  /**
   * Called when it is its turn.
   *
   * @throws StorageException {@code PREDECESSOR_FAILED} if one before it in its order has failed
   */
  void requireOrder() {
    if (order != null && order.isBroken()) {
      throw new StorageException(
          StorageException.Code.PREDECESSOR_FAILED,
          "An append before this one has failed",
          "Append both again, in order");
    }
  }

  /** Those behind it in its order may not be written; does nothing if it has none. */
  private void breakOrder() {
    if (order != null) {
      order.broke();
    }
  }

  /** Where its records go, or went when they came for the first time. */
  void settle(AppendResult newResult) {
    result = newResult;
  }

  void refuse(StorageException reason) {
    refusal = reason;
    breakOrder();
  }

  /**
   * A failure has ended its round. Called under the partition's I/O lock.
   *
   * @param committedOffset all before this is committed
   */
  void endRound(long committedOffset) {
    if (!isCommitted(committedOffset)) {
      breakOrder();
    }
  }

  private boolean isCommitted(long committedOffset) {
    AppendResult settled = result;
    return refusal == null && settled != null && settled.lastOffset() < committedOffset;
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    breakOrder();
    return super.completeExceptionally(failure);
  }

  /** What it got if it is committed; null if it was refused, or nobody has come to it. */
  @Nullable AppendResult result() {
    return result;
  }

  /**
   * Tells its caller.
   *
   * @param committedOffset all before this is committed
   * @param failure why the rest is not
   * @return whether it is committed
   */
  boolean answer(long committedOffset, @Nullable StorageException failure) {
    AppendResult settled = result;
    if (refusal != null) {
      boolean unused = completeExceptionally(refusal);
      return false;
    }
    if (settled != null && isCommitted(committedOffset)) {
      return complete(settled);
    }
    StorageException reason =
        failure != null
            ? failure
            : new StorageException(
                StorageException.Code.INTERNAL,
                "An append was neither written nor refused",
                "Report this as a defect");
    boolean unused = completeExceptionally(reason);
    return false;
  }

  /**
   * Waits for the outcome.
   *
   * @throws StorageException why there is none
   */
  AppendResult await() {
    try {
      return join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StorageException reason ? reason.again() : e;
    }
  }
}
