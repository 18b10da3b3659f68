package dev.sluice.connector;

/** A kind of connector that carries records from topics to elsewhere. */
public non-sealed interface SinkType extends ConnectorType {

  /** Makes a task that has not been started. */
  SinkTask newTask();

  /**
   * Makes a task, not started, that delivers exactly once; called only where {@link
   * #checkExactlyOnce} has nothing against it.
   */
  default TransactionalSinkTask newTransactionalTask() {
    throw ConnectorType.cannotBeExact("its target keeps no positions");
  }
}
