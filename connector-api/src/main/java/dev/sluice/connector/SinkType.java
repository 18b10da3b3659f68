package dev.sluice.connector;

/** A kind of connector that carries records from topics to elsewhere. */
public non-sealed interface SinkType extends ConnectorType {

  /** Makes a task that has not been started. */
  SinkTask newTask();
}
