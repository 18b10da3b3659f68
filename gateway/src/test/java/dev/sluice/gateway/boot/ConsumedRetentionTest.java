package dev.sluice.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.TopicSpec;
import dev.sluice.gateway.connect.ConnectMetrics;
import dev.sluice.gateway.connect.ConnectRuntime;
import dev.sluice.gateway.connect.ListSink;
import dev.sluice.gateway.connect.ListSource;
import dev.sluice.gateway.connect.Specs;
import dev.sluice.gateway.connect.Surroundings;
import dev.sluice.gateway.connect.work.LogPorts;
import dev.sluice.gateway.kafka.KafkaGate;
import dev.sluice.gateway.kafka.TestGate;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.log.embedded.EmbeddedGroups;
import dev.sluice.gateway.log.embedded.EmbeddedRecords;
import dev.sluice.gateway.log.embedded.EmbeddedTopics;
import dev.sluice.gateway.log.embedded.EmbeddedTransactions;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a source through a topic into sinks, on a real log: what all have read goes, no sooner. */
class ConsumedRetentionTest {

  private static final TopicPartition LETTERS = new TopicPartition("letters", 0);
  private static final ConnectorSpec IN = Specs.source("in", "list", "letters");
  private static final ConnectorSpec FAST = Specs.sink("fast", "fast", "letters");
  private static final ConnectorSpec SLOW = Specs.sink("slow", "slow", "letters");

  @TempDir private Path directory = Path.of(".");
  private final ListSource source = new ListSource("list");
  private final ListSink fast = new ListSink("fast");
  private final ListSink slow = new ListSink("slow");
  private final DeclaredReaders declared = new DeclaredReaders();
  private Broker broker;
  private Topics topics;
  private Records records;
  private KafkaGate kafka;
  private Groups groups;
  private ConnectRuntime runtime;

  @BeforeEach
  void open() {
    broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    topics = new EmbeddedTopics(broker);
    records = new EmbeddedRecords(broker);
    kafka = TestGate.before(broker);
    groups = new EmbeddedGroups(kafka.groups());
    runtime =
        ConnectRuntime.open(
            new ConnectorTypes(List.of(source), List.of(fast, slow)),
            new LogPorts(
                topics,
                records,
                groups,
                new EmbeddedTransactions(broker, kafka.transactions(), kafka.groups())),
            new Surroundings(
                Clock.systemUTC(),
                new Random(1),
                event -> {},
                ConnectMetrics.NONE,
                Duration.ofSeconds(5)));
    broker.consumedBy(kafka.groups().consumedOffsets(declared::groupsOf));
    TopicSettings consumed = new TopicSettings(new Retention(null, null, Readers.ALL));
    new DeclaredTopics(topics).apply(List.of(new TopicSpec("letters", 1, consumed)));
  }

  @AfterEach
  void close() {
    runtime.close();
    kafka.close();
    broker.close();
  }

  @Test
  void recordsGoOnceBothSinksHaveCommittedThem() {
    CountDownLatch gate = new CountDownLatch(1);
    slow.onPut = (put, context) -> gate.await();
    source.offer("a", "b", "c");
    apply(IN, FAST, SLOW);

    eventually(() -> committed("fast") == 3);
    broker.maintain();
    assertThat(records.startOffset(LETTERS)).as("what only one sink has read stays").isZero();

    gate.countDown();
    eventually(() -> committed("slow") == 3);
    eventually(() -> startsAt(3));
    assertThat(fast.received).containsExactly("a", "b", "c");
    assertThat(slow.received).containsExactly("a", "b", "c");

    source.offer("d");
    eventually(() -> committed("fast") == 4 && committed("slow") == 4);
    assertThat(slow.received).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aSinkThatWasDeclaredLaterFindsWhatWasNotRead() {
    source.offer("a", "b");
    declared.declare(List.of(IN, FAST, SLOW)); // As at a start, before the sinks have begun.
    run(IN, FAST);
    eventually(() -> committed("fast") == 2);
    broker.maintain();
    assertThat(records.startOffset(LETTERS)).isZero();

    apply(IN, FAST, SLOW);
    eventually(() -> committed("slow") == 2);
    assertThat(slow.received).containsExactly("a", "b");
    eventually(() -> startsAt(2));
  }

  @Test
  void aSinkThatIsGoneHoldsBackWhatItHasNotReadUntilItsGroupIsDeleted() {
    source.offer("a");
    apply(IN, FAST, SLOW);
    eventually(() -> committed("fast") == 1 && committed("slow") == 1);
    apply(IN, FAST);
    source.offer("b");
    eventually(() -> committed("fast") == 2);
    eventually(() -> startsAt(1));

    groups.delete("connect-slow");
    eventually(() -> startsAt(2));
  }

  private void apply(ConnectorSpec... specs) {
    declared.declare(Arrays.asList(specs));
    run(specs);
  }

  private void run(ConnectorSpec... specs) {
    runtime.apply(
        Arrays.stream(specs).collect(Collectors.toMap(ConnectorSpec::name, spec -> spec)));
  }

  /** Retention looks at the groups once a second. */
  private boolean startsAt(long offset) {
    broker.maintain();
    return records.startOffset(LETTERS) == offset;
  }

  private long committed(String sink) {
    Map<TopicPartition, Long> offsets = groups.committed("connect-" + sink);
    return offsets.getOrDefault(LETTERS, 0L);
  }

  private static void eventually(BooleanSupplier condition) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(10))
        .until(condition::getAsBoolean);
  }
}
