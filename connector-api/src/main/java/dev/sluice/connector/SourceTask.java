package dev.sluice.connector;

import java.time.Duration;
import java.util.Optional;

/**
 * One running source. The runtime calls {@link #start}, then {@link #poll} again and again, then
 * {@link #close}, all on one virtual thread that belongs to the task, so these three need no
 * locking. {@link #acknowledged} comes from another thread, possibly during a poll.
 *
 * <p>Stopping is cooperative: the runtime stops calling {@code poll} and calls {@code close}. A
 * task that has not returned within the stop timeout is interrupted.
 *
 * <p><b>Invariant ack-after-durable:</b> upstream learns that a record was received (a replication
 * slot moves, a PUBACK is sent, a file is renamed) only in or after {@code acknowledged} for the
 * batch that carries it.
 *
 * <p>Under {@code delivery: exactly-once} records, rejected records and positions of a batch become
 * durable together or never. Several batches may share a transaction; when one fails, the next task
 * goes on from the positions of the last one that did not.
 */
public interface SourceTask extends AutoCloseable {

  /**
   * Connects and takes up the positions that {@code context} holds. May block. Called once.
   *
   * @throws ConnectorException with a category; the runtime retries by starting a new task after a
   *     back-off, the longest one if the category is {@link ErrorCategory#CONFIGURATION}
   * @throws Exception any other failure, taken as {@link ErrorCategory#INTERNAL}
   */
  void start(SourceContext context) throws Exception;

  /**
   * The next records, in order, with the positions that hold after them.
   *
   * @param maxWait how long to wait for the first record; return empty when nothing came. An
   *     interval longer than this is waited out over several calls.
   * @return a batch, which may be of positions alone, or empty
   * @throws Exception as {@link #start}; the task is closed, and a new one is started from the last
   *     durable positions after a back-off
   */
  Optional<SourceBatch> poll(Duration maxWait) throws Exception;

  /**
   * Tells that the batch's records, its rejected records and then its positions are durable in the
   * log. Called once for each batch, in the order in which they were polled, from one thread at a
   * time that is not the poll thread. Must not block for long: it delays acknowledgement of what
   * follows, never the log.
   *
   * @throws Exception the task fails and is restarted from its durable positions
   */
  default void acknowledged(SourceBatch batch) throws Exception {}

  /**
   * How the capture stands, of a source that follows a database's changes. Asked once, after {@link
   * #start}; what it gives is used from other threads until the task is closed, and may be asked
   * for its state after that.
   */
  default Optional<ChangeCapture> capture() {
    return Optional.empty();
  }

  /** Releases everything. Called once, also after a failed {@link #start}. */
  @Override
  void close() throws Exception;
}
