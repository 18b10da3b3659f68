package dev.sluice.source.debezium;

import dev.sluice.connector.CaptureState;
import dev.sluice.connector.ChangeCapture;
import dev.sluice.connector.ConnectorException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests for snapshots, one at a time, and checks what can be checked before: the engine
 * passes over what it can't read. Thread-safe.
 */
final class SnapshotRequests implements ChangeCapture {

  /** PostgreSQL 13, the first with the functions that place rows among changes by transaction. */
  static final int OLDEST_VERSION = 130_000;

  private static final String STOPPED =
      "The connector stopped before the request was durable; ask again when it runs.";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PostgresCdcConfig config;
  private final CaptureProgress progress;
  private final BooleanSupplier hasPosition;
  private final AtomicReference<@Nullable SnapshotRequest> asked = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * Requests to a task.
   *
   * @param hasPosition whether the task has a position to put the tables in
   */
  SnapshotRequests(
      PostgresCdcConfig config, CaptureProgress progress, BooleanSupplier hasPosition) {
    this.config = config;
    this.progress = progress;
    this.hasPosition = hasPosition;
  }

  @Override
  public CaptureState state() {
    return progress.state();
  }

  @Override
  public void requestSnapshot(List<String> tables) throws InterruptedException {
    checkPhase();
    SnapshotRequest request = new SnapshotRequest(chosen(tables));
    if (!asked.compareAndSet(null, request)) {
      throw new IllegalStateException(
          "Another snapshot is being asked for; try again in a few seconds.");
    }
    if (closed) {
      close();
    }
    awaitDurable(request);
  }

  private void checkPhase() {
    if (config.snapshot() == PostgresCdcConfig.Snapshot.ONLY
        || "false".equals(config.debezium().get("read.only"))) {
      throw ConnectorException.configuration(
          "snapshot-unsupported",
          "A snapshot can't be asked for under these options.",
          "It needs a connector that streams changes, so 'snapshot' must not be only, and no"
              + " read.only: false in 'debezium'.");
    }
    if (progress.state().phase() != CaptureState.Phase.STREAMING || !hasPosition.getAsBoolean()) {
      throw new IllegalStateException(
          "The connector does not stream changes yet, so rows can't be placed among them; wait"
              + " until the first snapshot is through and the first changes have come.");
    }
  }

  private List<CapturedTable> chosen(List<String> tables) {
    try (Inquiry inquiry = Inquiry.open(config)) {
      if (inquiry.serverVersion() < OLDEST_VERSION) {
        throw ConnectorException.configuration(
            "snapshot-unsupported",
            "A snapshot among changes needs PostgreSQL 13 or newer.",
            "Set 'snapshot' to always and restart the connector to read all tables anew.");
      }
      List<CapturedTable> captured = CapturedTable.list(inquiry, config);
      List<CapturedTable> chosen = new ArrayList<>();
      for (String name : tables) {
        CapturedTable table = chosen(name, captured);
        if (!chosen.contains(table)) {
          chosen.add(table);
        }
      }
      return List.copyOf(chosen);
    } catch (SQLException e) {
      throw new EngineFailures(config).of(null, e);
    }
  }

  private static CapturedTable chosen(String name, List<CapturedTable> captured) {
    String qualified = name.indexOf('.') < 0 ? "public." + name : name;
    CapturedTable table =
        captured.stream()
            .filter(candidate -> candidate.qualified().equals(qualified))
            .findFirst()
            .orElseThrow(
                () ->
                    ConnectorException.configuration(
                        "table-not-captured",
                        "The connector captures no table " + qualified + ".",
                        "Name a table that is there and that the option 'tables' covers, as"
                            + " schema.table; names are case-sensitive."));
    if (!table.keyed() || table.name().indexOf('.') >= 0 || table.schema().indexOf('.') >= 0) {
      throw ConnectorException.configuration(
          "table-without-key",
          "The table " + qualified + " can't be read piece by piece.",
          "Give it a primary key; names that hold a dot are not supported.");
    }
    return table;
  }

  private void awaitDurable(SnapshotRequest request) throws InterruptedException {
    try {
      request.durable().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(STOPPED, e);
    } catch (TimeoutException e) {
      if (request.withdraw()) {
        throw new IllegalStateException(
            "The connector takes no requests now, possibly because it is paused; resume it and ask"
                + " again.",
            e);
      }
      throw new IllegalStateException(
          "The request is not durable yet, but will be if nothing fails; look at the connector's"
              + " capture state before asking again.",
          e);
    } finally {
      asked.compareAndSet(request, null);
    }
  }

  /** A request to carry out, or null if nobody asks. */
  @Nullable SnapshotRequest take() {
    SnapshotRequest request = asked.get();
    return request != null && request.take() ? request : null;
  }

  /** Nothing is carried out any more. */
  void close() {
    closed = true;
    SnapshotRequest request = asked.get();
    if (request != null) {
      request.durable().completeExceptionally(new IllegalStateException(STOPPED));
    }
  }
}
