package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.metadata.TopicConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of Kafka's own consumers. */
class GroupsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final CoordinatorSettings QUICK =
      new CoordinatorSettings(
          Duration.ofMillis(500),
          Duration.ZERO,
          Duration.ofMillis(1500),
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofDays(7),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));
  private static final KafkaFrontConfig CONFIG = KafkaFrontConfig.loopback(0).withGroups(QUICK);

  private Path directory = Path.of(".");
  private TestBroker broker;

  @BeforeEach
  void start(@TempDir Path given) {
    directory = given;
    broker = TestBroker.start(directory, CONFIG);
    broker.broker().topics().create("orders", 4, TopicConfig.FOREVER);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void membersShareThePartitionsAndGoOnWhereTheyWere(String protocol) {
    produce(100);
    try (KafkaConsumer<String, String> first = member(protocol);
        KafkaConsumer<String, String> second = member(protocol)) {
      first.subscribe(List.of("orders"));
      second.subscribe(List.of("orders"));
      List<ConsumerRecord<String, String>> read = new ArrayList<>();
      pollUntil(
          List.of(first, second),
          read,
          () -> first.assignment().size() == 2 && second.assignment().size() == 2);
      pollUntil(List.of(first, second), read, () -> isAtEnd(first) && isAtEnd(second));
      assertThat(distinct(read)).hasSize(100);
      first.commitSync();
      second.commitSync();
    }
    broker.close();
    broker = TestBroker.start(directory, CONFIG);
    produce(10);
    try (KafkaConsumer<String, String> later = member(protocol)) {
      later.subscribe(List.of("orders"));
      List<ConsumerRecord<String, String>> read = new ArrayList<>();
      pollUntil(List.of(later), read, () -> read.size() >= 10);
      assertThat(read).hasSize(10);
    }
  }

  private KafkaConsumer<String, String> member(String protocol) {
    return member(protocol, Map.of());
  }

  private KafkaConsumer<String, String> member(String protocol, Map<String, ?> others) {
    Map<String, Object> settings = new HashMap<>(others);
    settings.put("group.id", "billing");
    settings.put("group.protocol", protocol);
    settings.put("enable.auto.commit", false);
    if (protocol.equals("classic")) {
      settings.putIfAbsent("session.timeout.ms", 1500);
      settings.putIfAbsent("heartbeat.interval.ms", 100);
    }
    return broker.consumer(settings);
  }

  private void produce(int count) {
    try (KafkaProducer<String, String> producer =
        broker.producer(Map.of("enable.idempotence", false))) {
      for (int i = 0; i < count; i++) {
        var unused = producer.send(new ProducerRecord<>("orders", i % 4, "k" + i, "v" + i));
      }
      producer.flush();
    }
  }

  private static boolean isAtEnd(KafkaConsumer<String, String> consumer) {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) == end.getValue());
  }

  private static Set<String> distinct(List<ConsumerRecord<String, String>> records) {
    Set<String> places = new HashSet<>();
    records.forEach(record -> places.add(record.partition() + "@" + record.offset()));
    return places;
  }

  private static void pollUntil(
      List<KafkaConsumer<String, String>> consumers,
      List<ConsumerRecord<String, String>> read,
      BooleanSupplier done) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
      for (KafkaConsumer<String, String> consumer : consumers) {
        consumer.poll(Duration.ofMillis(50)).forEach(read::add);
      }
    }
  }
}
