package dev.sluice.broker.security;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;

/** A metadata log on disk. */
public final class TestMetadata implements AutoCloseable {

  private final Broker broker;

  private TestMetadata(Broker broker) {
    this.broker = broker;
  }

  public static TestMetadata open(Path directory) {
    return new TestMetadata(Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE));
  }

  public ClusterMetadata metadata() {
    return broker.metadata();
  }

  @Override
  public void close() {
    broker.close();
  }
}
