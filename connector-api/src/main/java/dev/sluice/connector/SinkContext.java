package dev.sluice.connector;

/** What a sink task is given. Thread-safe. */
public non-sealed interface SinkContext extends TaskContext {

  /**
   * Sets a record aside that can never be written: it goes to the dead-letter topic, with the error
   * in its headers, and is durable there when this returns. Under {@code errors: {then: fail}} this
   * throws instead, and the exception must pass through {@link SinkTask#put} so that the task
   * fails.
   */
  void reject(SinkRecord record, ConnectorException error);
}
