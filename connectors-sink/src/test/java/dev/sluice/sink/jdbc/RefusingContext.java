package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import java.time.Clock;

/** A context under {@code errors: {then: fail}}. */
record RefusingContext(SinkContext context) implements SinkContext {

  @Override
  public void reject(SinkRecord record, ConnectorException error) {
    throw error;
  }

  @Override
  public String connector() {
    return context.connector();
  }

  @Override
  public int taskNumber() {
    return context.taskNumber();
  }

  @Override
  public int taskCount() {
    return context.taskCount();
  }

  @Override
  public Options options() {
    return context.options();
  }

  @Override
  public Clock clock() {
    return context.clock();
  }
}
