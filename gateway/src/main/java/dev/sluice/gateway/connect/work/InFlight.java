package dev.sluice.gateway.connect.work;

import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A batch between poll and acknowledgement. The poll thread begins its appends at most once; the
 * commit thread waits for them.
 */
final class InFlight {

  final Prepared prepared;
  private final List<CompletableFuture<Records.Appended>> appends = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);

  /** Whether the poll thread begins the appends; guarded by the lock of {@link SourceFlow}. */
  boolean byPoller;

  InFlight(Prepared prepared) {
    this.prepared = prepared;
  }

  /** Begins all appends; called by the poll thread. */
  void begin(Records.OrderedAppends log) {
    try {
      for (Outgoing outgoing : prepared.outgoing()) {
        appends.add(begin(log, outgoing));
      }
    } finally {
      begun.countDown();
    }
  }

  private static CompletableFuture<Records.Appended> begin(
      Records.OrderedAppends log, Outgoing outgoing) {
    try {
      return log.append(outgoing.topicPartition, outgoing.records);
    } catch (LogException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Waits until every append has succeeded or failed; tells whether all have succeeded. */
  boolean awaitSettled() throws InterruptedException {
    begun.await();
    boolean good = appends.size() == prepared.outgoing().size();
    for (CompletableFuture<Records.Appended> append : appends) {
      good &= failure(append) == null;
    }
    return good;
  }

  /** Whether all appends have succeeded by now, without waiting. */
  boolean isDurable() {
    if (begun.getCount() > 0 || appends.size() < prepared.outgoing().size()) {
      return false;
    }
    for (CompletableFuture<Records.Appended> append : appends) {
      if (!append.isDone() || append.isCompletedExceptionally()) {
        return false;
      }
    }
    return true;
  }

  /** Whether one append has succeeded; after {@link #awaitSettled}. */
  boolean succeeded(int index) {
    return index < appends.size() && !appends.get(index).isCompletedExceptionally();
  }

  /** Of each partition of the source, the newest position in batches that are given in order. */
  static List<SourcePosition> newestPositions(List<InFlight> batches) {
    Map<Map<String, Object>, SourcePosition> newest = new LinkedHashMap<>();
    for (InFlight batch : batches) {
      for (SourcePosition position : batch.prepared.batch().positions()) {
        newest.put(position.partition(), position);
      }
    }
    return List.copyOf(newest.values());
  }

  private static @Nullable Throwable failure(CompletableFuture<?> append)
      throws InterruptedException {
    try {
      Object unused = append.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }
}
