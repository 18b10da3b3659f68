package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.check.Soundness;
import dev.sluice.log.io.DiskStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka's clients write, read and commit while the gateway is killed at seeded random points: what
 * it has acknowledged to them is there afterwards. {@code -Dlong=true} makes many rounds.
 */
class KillKafkaIT {

  private static final long SEED = Long.getLong("seed", 20_260_301L);
  private static final int ROUNDS = Boolean.getBoolean("long") ? 25 : 2;
  private static final int PER_ROUND = 3_000;
  private static final int KEYS = 10;
  private static final int FLUSH_EVERY = 100;
  private static final String YAML = "topics:\n  numbers: {partitions: 3}\n";

  @TempDir private Path directory;

  private final Random random = new Random(SEED);
  private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
  private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
  private final AtomicInteger commits = new AtomicInteger();
  private int next;

  @Test
  void whatClientsWereToldIsThereHoweverOftenTheGatewayIsKilled() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (SluiceProcess gateway = SluiceProcess.start(directory, YAML)) {
        round(gateway);
      }
      Soundness.assertAllSound(new DiskStorage(), directory.resolve("data"));
    }
    try (SluiceProcess gateway = SluiceProcess.start(directory, YAML)) {
      Map<String, List<Integer>> arrived = arrived(gateway);
      Set<Integer> all = new TreeSet<>();
      arrived.values().forEach(all::addAll);
      assertThat(all).as("acknowledged records").containsAll(acknowledged);
      assertThat(arrived.values())
          .as("records of a key, each once and in the order in which they were sent")
          .allSatisfy(numbers -> assertThat(numbers).isSorted().doesNotHaveDuplicates());
      assertPositions(gateway);
      System.out.printf(
          "kill -9, kafka client: seed=%d, rounds=%d, acknowledged=%d, missing=0, repeats=0%n",
          SEED, ROUNDS, acknowledged.size());
    }
  }

  private void round(SluiceProcess gateway) throws Exception {
    int before = commits.get();
    int target = acknowledged.size() + 1 + random.nextInt(PER_ROUND);
    AtomicBoolean over = new AtomicBoolean();
    Thread reader = Thread.ofPlatform().start(() -> read(gateway, over));
    KafkaProducer<String, String> producer = KafkaClients.producer(gateway);
    try {
      Thread writer = Thread.ofPlatform().start(() -> write(producer, over));
      gateway.await(
          target + " acknowledged records and a position",
          () -> acknowledged.size() >= target && commits.get() > before);
      gateway.kill();
      over.set(true);
      producer.close(Duration.ZERO);
      assertThat(writer.join(Duration.ofSeconds(30))).isTrue();
    } finally {
      over.set(true);
      producer.close(Duration.ZERO);
      assertThat(reader.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  private void write(KafkaProducer<String, String> producer, AtomicBoolean over) {
    try {
      while (!over.get()) {
        int number = next++;
        var unused =
            producer.send(
                new ProducerRecord<>("numbers", "k" + number % KEYS, Integer.toString(number)),
                (stored, failure) -> {
                  if (failure == null) {
                    acknowledged.add(number);
                  }
                });
        if (number % FLUSH_EVERY == 0) {
          producer.flush();
        }
      }
    } catch (KafkaException | IllegalStateException closed) {
      over.set(true);
    }
  }

  private void read(SluiceProcess gateway, AtomicBoolean over) {
    KafkaConsumer<String, String> consumer = KafkaClients.consumer(gateway, "readers");
    try {
      consumer.subscribe(List.of("numbers"));
      while (!over.get()) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(50))) {
          positions.put(
              new TopicPartition(record.topic(), record.partition()),
              new OffsetAndMetadata(record.offset() + 1));
        }
        if (!positions.isEmpty()) {
          consumer.commitSync(positions, Duration.ofSeconds(2));
          positions.forEach((partition, offset) -> committed.put(partition, offset.offset()));
          commits.incrementAndGet();
        }
      }
    } catch (KafkaException killed) {
      over.set(true);
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  /** The last commit may have been stored without its answer having come back. */
  private void assertPositions(SluiceProcess gateway) throws Exception {
    try (Admin admin = KafkaClients.admin(gateway)) {
      Map<TopicPartition, OffsetAndMetadata> there =
          admin
              .listConsumerGroupOffsets("readers")
              .partitionsToOffsetAndMetadata()
              .get(20, TimeUnit.SECONDS);
      assertThat(committed)
          .isNotEmpty()
          .allSatisfy(
              (partition, offset) ->
                  assertThat(there.get(partition).offset()).isGreaterThanOrEqualTo(offset));
    }
  }

  private static Map<String, List<Integer>> arrived(SluiceProcess gateway) {
    Map<String, List<Integer>> arrived = new LinkedHashMap<>();
    gateway
        .records("numbers")
        .forEach(
            record ->
                arrived
                    .computeIfAbsent(record.path("key").asText(), key -> new ArrayList<>())
                    .add(record.path("value").asInt()));
    return arrived;
  }
}
