package dev.sluice.gateway.connect;

import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.log.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connectors of this gateway: what others in the gateway may do with them. Thread-safe. Methods
 * that change something return when the wish is durable, not when it has come true.
 */
public interface Connectors {

  /** All connectors by name. */
  List<ConnectorView> list();

  Optional<ConnectorView> find(String name);

  /** What is declared of a connector, without a look at how it fares, which costs more. */
  Optional<ConnectorSpec> spec(String name);

  /**
   * The latest errors of a connector's tasks since the process started, the latest first; a bounded
   * number of each task.
   *
   * @throws java.util.NoSuchElementException if there is no such connector
   */
  List<PastError> errors(String name);

  /**
   * Makes the running connectors match the specs: starts new ones, stops those that are gone,
   * restarts those whose spec changed, leaves the others alone.
   */
  void apply(Map<String, ConnectorSpec> specs);

  /**
   * Sets what is wanted of a connector; survives a restart of the process.
   *
   * @throws java.util.NoSuchElementException if there is no such connector
   */
  void setTarget(String name, TargetState target);

  /**
   * Stops the connector's tasks and starts them anew, from their durable positions, at once.
   *
   * @param onlyFailed restart only tasks that have failed
   * @throws java.util.NoSuchElementException if there is no such connector
   */
  void restart(String name, boolean onlyFailed);

  /** Restarts one task. */
  void restartTask(String name, int task);

  /**
   * How far a source that captures a database's changes has come.
   *
   * @return empty if the connector's type captures none, or there is no such connector
   */
  Optional<CaptureView> capture(String name);

  /**
   * Asks a running capture for the present rows of tables, see {@link
   * dev.sluice.connector.ChangeCapture#requestSnapshot}.
   *
   * @throws java.util.NoSuchElementException if there is no such connector
   * @throws IllegalStateException if it does not run, or can't do so now, with the reason
   * @throws dev.sluice.connector.ConnectorException why it can't be done
   */
  void requestSnapshot(String name, List<String> tables) throws InterruptedException;

  /** The durable positions of a source. */
  List<SourcePosition> sourcePositions(String name);

  /** The durable positions of a sink or rule: of each partition, the next offset to read. */
  Map<TopicPartition, Long> sinkPositions(String name);

  /**
   * Replaces positions of a stopped source; one with a null offset is forgotten.
   *
   * @throws IllegalStateException if the connector's tasks have not all stopped
   */
  void alterSourcePositions(String name, List<SourcePosition> positions);

  /**
   * Replaces positions of a stopped sink or rule.
   *
   * @throws IllegalStateException if the connector's tasks have not all stopped
   * @throws PositionsElsewhereException if it is a sink whose target keeps the positions
   */
  void alterSinkPositions(String name, Map<TopicPartition, Long> positions);

  /**
   * Forgets all positions of a stopped connector, so that it starts from the beginning.
   *
   * @throws IllegalStateException if the connector's tasks have not all stopped
   * @throws PositionsElsewhereException as {@link #alterSinkPositions}
   */
  void resetPositions(String name);
}
