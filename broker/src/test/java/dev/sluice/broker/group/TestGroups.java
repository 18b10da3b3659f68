package dev.sluice.broker.group;

import dev.sluice.broker.Broker;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.io.Storage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A broker with groups whose members have little time. */
final class TestGroups implements AutoCloseable {

  static final CoordinatorSettings QUICK =
      new CoordinatorSettings(
          Duration.ofMillis(500),
          Duration.ZERO,
          Duration.ofMillis(1500),
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofDays(7),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));

  /** Kept, since the logger would be forgotten with its level. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  static {
    KAFKA.setLevel(Level.WARNING);
  }

  final Broker broker;
  final GroupService groups;

  private TestGroups(Broker broker) {
    this.broker = broker;
    this.groups =
        new GroupService(
            new GroupHost(
                broker.topics(), broker.metadata(), broker::partition, AccessControl.OPEN),
            QUICK);
  }

  static TestGroups open(Path directory) {
    return open(directory, new DiskStorage());
  }

  static TestGroups open(Path directory, Storage storage) {
    return new TestGroups(Broker.open(directory, storage, Clock.systemUTC(), LogMetrics.NONE));
  }

  @Override
  public void close() {
    groups.close();
    broker.close();
  }
}
