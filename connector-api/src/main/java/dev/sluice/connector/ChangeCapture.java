package dev.sluice.connector;

import java.util.List;

/**
 * How far a source that captures a database's changes has come, and what can be asked of it while
 * it runs. Thread-safe.
 */
public interface ChangeCapture {

  /** The state as it is known now; never blocks. */
  CaptureState state();

  /**
   * Asks for the present rows of tables, which come as read events among the changes, without
   * holding these up. Returns when the wish is durable: from then on a restart goes on with it.
   * Progress shows in {@link CaptureState#snapshots}.
   *
   * @param tables each {@code schema.table}, or {@code table} in the default schema
   * @throws ConnectorException of category CONFIGURATION if a table can't be read in this way, with
   *     the reason; of category EXTERNAL if the database fails
   * @throws IllegalStateException if it can't be now, with the reason and what to do
   */
  void requestSnapshot(List<String> tables) throws InterruptedException;
}
