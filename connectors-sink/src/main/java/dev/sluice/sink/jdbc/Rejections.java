package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import java.util.ArrayList;
import java.util.List;

/** The records of one put that can't be written, kept until all others are. */
final class Rejections {

  private record Rejection(SinkRecord record, ConnectorException error) {}

  private final List<Rejection> rejections = new ArrayList<>();

  void add(SinkRecord record, ConnectorException error) {
    rejections.add(new Rejection(record, error));
  }

  /** Hands them over. */
  void send(SinkContext context) {
    for (Rejection rejection : rejections) {
      context.reject(rejection.record(), rejection.error());
    }
  }
}
