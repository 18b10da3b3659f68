package dev.sluice.broker.transaction;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The appends of one transactional id that have been admitted but may not be queued yet.
 * Thread-safe, without a lock.
 *
 * <p>Who takes a pass looks at the state afterwards; who ends a transaction makes that known first
 * and then waits here: so one of them sees the other.
 */
final class Passes {

  private final AtomicInteger held = new AtomicInteger();
  private volatile @Nullable CompletableFuture<Void> waiting;

  /** To be closed once. */
  TransactionGate.Pass take() {
    held.incrementAndGet();
    return this::release;
  }

  private void release() {
    CompletableFuture<Void> waiter = held.decrementAndGet() == 0 ? waiting : null;
    if (waiter != null) {
      waiter.complete(null);
    }
  }

  /** Completes when all that are held now are closed; for one caller at a time. */
  CompletableFuture<Void> allClosed() {
    CompletableFuture<Void> waiter = new CompletableFuture<>();
    waiting = waiter;
    if (held.get() == 0) {
      waiter.complete(null);
    }
    return waiter;
  }
}
