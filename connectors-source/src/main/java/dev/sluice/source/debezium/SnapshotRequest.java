package dev.sluice.source.debezium;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A wish for the present rows of tables, on its way from who asked to the poll thread, which makes
 * it part of the position.
 *
 * @param tables at least one
 * @param durable completes when a restart would go on with it, or with the reason why not
 * @param stage how far it is; nobody takes it back once it was taken
 */
record SnapshotRequest(
    List<CapturedTable> tables, CompletableFuture<Void> durable, AtomicReference<Stage> stage) {

  /** How far a request is. */
  enum Stage {
    ASKED,
    TAKEN,
    WITHDRAWN
  }

  SnapshotRequest(List<CapturedTable> tables) {
    this(tables, new CompletableFuture<>(), new AtomicReference<>(Stage.ASKED));
  }

  /** Whether the poll thread may carry it out. */
  boolean take() {
    return stage.compareAndSet(Stage.ASKED, Stage.TAKEN);
  }

  /** Whether it will not be carried out. */
  boolean withdraw() {
    return stage.compareAndSet(Stage.ASKED, Stage.WITHDRAWN);
  }
}
