package dev.sluice.connector;

import java.util.List;

/**
 * One running sink. All methods are called on one virtual thread that belongs to the task, so no
 * locking is needed. Stopping is as for {@link SourceTask}.
 *
 * <p><b>Invariant position-after-put:</b> the position of a record is stored only after the {@link
 * #put} that carried it has returned, so a record is delivered at least once. For exactly once see
 * {@link TransactionalSinkTask}.
 */
public interface SinkTask extends AutoCloseable {

  /**
   * Connects. May block. Called once.
   *
   * @throws ConnectorException with a category, as in {@link SourceTask#start}
   */
  void start(SinkContext context) throws Exception;

  /**
   * Writes the records; when this returns they are as durable as the target can make them. The same
   * records, and others behind them, come again after a failure or a restart.
   *
   * <p>A record that can never be written is handed to {@link SinkContext#reject} and counts as
   * done. When a whole batch fails with {@link ErrorCategory#DATA} instead, the runtime puts its
   * records one by one to find the bad ones, so a failed put must leave nothing half-written, or
   * writing again must do no harm.
   *
   * @param records at least one record; those of one partition are in offset order
   * @throws ConnectorException of category {@link ErrorCategory#EXTERNAL} or {@link
   *     ErrorCategory#RESOURCE}: the same records are put again after a back-off; of category
   *     {@link ErrorCategory#DATA}: see above; any other: the task fails
   */
  void put(List<SinkRecord> records) throws Exception;

  /**
   * Called when nothing was put for a while (about once a second) so that time-based work, such as
   * rotating a file, gets done. Must not block for long.
   */
  default void idle() throws Exception {}

  /** Releases everything. Called once, also after a failed {@link #start}. */
  @Override
  void close() throws Exception;
}
