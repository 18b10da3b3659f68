package dev.sluice.source.debezium;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourcePosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request part of the position, between the end of one engine and the start of the next:
 * waits until all that was handed over is durable, then stores the position with the tables in it.
 * Belongs to the poll thread, but for {@link #acknowledged}.
 *
 * <p><b>Invariant request-before-reading:</b> no row is read for a request that a restart would
 * forget.
 */
final class SnapshotTurn {

  private final SnapshotRequest request;
  private final Handover former;
  private final SourcePosition position;
  private final CaptureProgress progress;
  private final CountDownLatch durable = new CountDownLatch(1);
  private volatile @Nullable SourceBatch batch;

  /**
   * A turn that has handed over nothing yet.
   *
   * @param former of the engine that was closed
   * @param last the position that was handed over last
   * @param progress shows the request once it is durable
   */
  SnapshotTurn(
      SnapshotRequest request, Handover former, SourcePosition last, CaptureProgress progress) {
    this.progress = progress;
    this.request = request;
    this.former = former;
    Map<String, Object> offset = Objects.requireNonNull(last.offset(), "a position to go on from");
    this.position =
        new SourcePosition(
            last.partition(),
            RequestedTables.added(offset, request.tables(), UUID.randomUUID().toString()));
  }

  /** The batch that makes the request durable, once it is its turn; else empty after the wait. */
  Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    if (batch == null && former.settled(maxWait)) {
      SourceBatch positions = new SourceBatch(List.of(), List.of(position));
      batch = positions;
      return Optional.of(positions);
    }
    return Optional.empty();
  }

  /** Whether the request is durable; waits for it, if it is on its way. */
  boolean done(Duration maxWait) throws InterruptedException {
    return batch != null && durable.await(maxWait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A batch is durable; tells whether it is this turn's. */
  boolean acknowledged(SourceBatch stored) {
    if (stored != batch) {
      return false;
    }
    progress.requestedSnapshot(request.tables());
    progress.resumed(position);
    durable.countDown();
    request.durable().complete(null);
    return true;
  }

  /** Where the next engine goes on. */
  SourcePosition position() {
    return position;
  }
}
