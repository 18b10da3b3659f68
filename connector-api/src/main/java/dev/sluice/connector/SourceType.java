package dev.sluice.connector;

/** A kind of connector that brings records from elsewhere into topics. */
public non-sealed interface SourceType extends ConnectorType {

  /** Makes a task that has not been started. */
  SourceTask newTask();
}
