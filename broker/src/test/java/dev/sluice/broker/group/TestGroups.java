package dev.sluice.broker.group;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.io.FaultyStorage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** A broker in memory, with a topic "orders" and groups whose members have little time. */
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

  private static final Path DIRECTORY = Path.of("/data");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

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

  static TestGroups open(FaultyStorage storage) {
    Broker broker = Broker.open(DIRECTORY, storage, Clock.systemUTC(), LogMetrics.NONE);
    if (broker.topics().find("orders").isEmpty()) {
      Topic unused = broker.topics().create("orders", 1, TopicConfig.FOREVER);
    }
    return new TestGroups(broker);
  }

  /** Asks until the answer is as wanted, which another thread sees to; fails if it never is. */
  static <T> void await(Supplier<T> question, T wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    T answer = question.get();
    while (!answer.equals(wanted)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("It is " + answer + ", not " + wanted);
      }
      Thread.onSpinWait();
      answer = question.get();
    }
  }

  @Override
  public void close() {
    groups.close();
    broker.close();
  }
}
