package dev.sluice.sink.support;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import java.time.Clock;

/** A context under {@code errors: {then: fail}}. */
public record RefusingContext(SinkContext context) implements SinkContext {

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
