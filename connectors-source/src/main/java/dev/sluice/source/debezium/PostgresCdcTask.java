package dev.sluice.source.debezium;

import dev.sluice.connector.ChangeCapture;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceTask;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one engine after the other: a new one only to take up a requested snapshot, see {@link
 * SnapshotTurn}. All but {@link #acknowledged} belongs to the poll thread.
 */
final class PostgresCdcTask implements SourceTask {

  private @Nullable PostgresCdcConfig config;
  private @Nullable CaptureProgress progress;
  private @Nullable SnapshotRequests requests;
  private @Nullable SlotWatch watch;
  private boolean readOnlySnapshots;
  private volatile @Nullable CaptureEngine engine;
  private volatile @Nullable SnapshotTurn turn;

  /** What was handed over last; read by those who ask for snapshots, too. */
  private volatile @Nullable SourcePosition last;

  @Override
  public void start(SourceContext context) throws InterruptedException {
    PostgresCdcConfig options = PostgresCdcConfig.of(context.connector(), context.options());
    config = options;
    Preflight.Found found = preflight(options, context.positions());
    readOnlySnapshots = found.serverVersion() >= SnapshotRequests.OLDEST_VERSION;
    CaptureProgress learning = new CaptureProgress(context.clock());
    learning.captures(found.tables());
    progress = learning;
    last =
        context.positions().stream()
            .filter(position -> position.offset() != null)
            .findFirst()
            .orElse(null);
    if (options.readsRowsFirst(last)) {
      learning.initialSnapshot(found.tables());
    } else if (last != null) {
      learning.resumed(last);
    }
    requests = new SnapshotRequests(options, learning, () -> last != null);
    startEngine(context.positions());
    if (options.snapshot() != PostgresCdcConfig.Snapshot.ONLY) {
      watch = SlotWatch.start(options, context.clock(), learning::slot);
    }
  }

  private static Preflight.Found preflight(
      PostgresCdcConfig options, List<SourcePosition> positions) {
    try {
      return new Preflight(options).check(positions);
    } catch (SQLException e) {
      throw new EngineFailures(options).of(null, e);
    }
  }

  private void startEngine(List<SourcePosition> positions) throws InterruptedException {
    PostgresCdcConfig options = Objects.requireNonNull(config);
    boolean readOnly = readOnlySnapshots;
    engine =
        CaptureEngine.start(
            options,
            positions,
            Objects.requireNonNull(progress),
            id -> EngineProperties.of(options, id, readOnly));
  }

  @Override
  public Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    CaptureEngine running = engine;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    SnapshotTurn begun = turn == null ? begin(running) : turn;
    Optional<SourceBatch> batch =
        begun == null ? running.handover().poll(maxWait) : goOn(begun, maxWait);
    batch.ifPresent(
        some -> some.positions().stream().findFirst().ifPresent(position -> last = position));
    return batch;
  }

  /** Ends the engine if a snapshot was asked for. */
  private @Nullable SnapshotTurn begin(CaptureEngine running) throws InterruptedException {
    SnapshotRequest request = Objects.requireNonNull(requests).take();
    if (request == null) {
      return null;
    }
    running.close();
    running.handover().retire();
    SnapshotTurn begun =
        new SnapshotTurn(
            request,
            running.handover(),
            Objects.requireNonNull(last),
            Objects.requireNonNull(progress));
    turn = begun;
    return begun;
  }

  private Optional<SourceBatch> goOn(SnapshotTurn begun, Duration maxWait)
      throws InterruptedException {
    Optional<SourceBatch> batch = begun.poll(maxWait);
    if (batch.isEmpty() && begun.done(maxWait)) {
      startEngine(List.of(begun.position()));
      turn = null;
    }
    return batch;
  }

  @Override
  public void acknowledged(SourceBatch batch) {
    SnapshotTurn begun = turn;
    CaptureEngine running = engine;
    if (running != null && (begun == null || !begun.acknowledged(batch))) {
      running.handover().acknowledged();
    }
  }

  @Override
  public Optional<ChangeCapture> capture() {
    return Optional.ofNullable(requests);
  }

  @Override
  public void close() throws InterruptedException {
    if (watch != null) {
      watch.close();
    }
    if (requests != null) {
      requests.close();
    }
    if (engine != null) {
      engine.close();
    }
  }
}
