package dev.sluice.connector.testing;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sink context that keeps what was rejected. */
public record FakeSinkContext(
    String connector, Options options, Clock clock, List<Rejected> rejected)
    implements SinkContext {

  /** A record that the sink gave up on. */
  public record Rejected(SinkRecord record, ConnectorException error) {}

  /** A context for a connector named {@code test}, on the system clock. */
  public static FakeSinkContext of(Map<String, Object> options) {
    return new FakeSinkContext(
        "test", new Options(options), Clock.systemUTC(), new CopyOnWriteArrayList<>());
  }

  @Override
  public int taskNumber() {
    return 0;
  }

  @Override
  public int taskCount() {
    return 1;
  }

  @Override
  public void reject(SinkRecord record, ConnectorException error) {
    rejected.add(new Rejected(record, error));
  }
}
