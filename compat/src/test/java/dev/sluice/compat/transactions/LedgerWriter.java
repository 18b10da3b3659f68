package dev.sluice.compat.transactions;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Runs one transaction after the other, numbered: in each, one record to every partition and the
 * number of the next as a group's offset. Some are aborted, and some left behind half-done, as by a
 * producer that dies. Remembers what it was told about each.
 */
final class LedgerWriter implements Runnable {

  static final String GROUP = "ledger";

  private final String bootstrap;
  private final int id;
  private final List<TopicPartition> partitions;
  private final Random random;
  private final BooleanSupplier committed;
  private final Set<Integer> kept = new ConcurrentSkipListSet<>();
  private final Set<Integer> givenUp = new ConcurrentSkipListSet<>();
  private final Map<Integer, String> unknown = new ConcurrentHashMap<>();
  private int next;

  /** Aborting would take along what a commit has promised but not completed. */
  private boolean isAfterDeath;

  private volatile boolean isStopped;

  /**
   * A writer.
   *
   * @param committed called whenever a commit was acknowledged, by the writer's thread, at once;
   *     tells whether the broker has died of that
   */
  LedgerWriter(
      String bootstrap,
      int id,
      List<TopicPartition> partitions,
      long seed,
      BooleanSupplier committed) {
    this.bootstrap = bootstrap;
    this.id = id;
    this.partitions = partitions;
    this.random = new Random(seed + id);
    this.committed = committed;
  }

  /** The partition whose offset its transactions commit. */
  static TopicPartition input(int id) {
    return new TopicPartition("input", id);
  }

  @Override
  public void run() {
    while (!isStopped) {
      try (KafkaProducer<String, String> producer = producer()) {
        producer.initTransactions();
        boolean goesOn = true;
        while (goesOn && !isStopped) {
          goesOn = transact(producer, next++);
        }
        producer.close(Duration.ZERO);
      } catch (KafkaException failure) {
        unknown.put(next - 1, failure.toString());
      }
    }
  }

  /** One transaction; false if the producer is to die in the middle of it. */
  private boolean transact(KafkaProducer<String, String> producer, int number) {
    producer.beginTransaction();
    for (TopicPartition partition : partitions) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  partition.topic(), partition.partition(), "w" + id, Integer.toString(number)));
    }
    producer.sendOffsetsToTransaction(
        Map.of(input(id), new OffsetAndMetadata(number + 1)), new ConsumerGroupMetadata(GROUP));
    int choice = random.nextInt(10);
    if (choice == 0) {
      producer.flush();
      givenUp.add(number);
      return false;
    }
    if (choice < 4 || isAfterDeath) {
      givenUp.add(number);
      producer.abortTransaction();
      isAfterDeath = false;
    } else {
      producer.commitTransaction();
      isAfterDeath = committed.getAsBoolean();
      kept.add(number);
    }
    return true;
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "transactional.id",
            "writer-" + id,
            "linger.ms",
            0,
            "reconnect.backoff.max.ms",
            100,
            "retry.backoff.max.ms",
            100),
        new StringSerializer(),
        new StringSerializer());
  }

  void stop() {
    isStopped = true;
  }

  int id() {
    return id;
  }

  /** The transactions whose commit was acknowledged. */
  Set<Integer> kept() {
    return kept;
  }

  /** Those for which no commit was ever asked. */
  Set<Integer> givenUp() {
    return givenUp;
  }

  /** Those that failed under its hands, and how. */
  Map<Integer, String> unknown() {
    return unknown;
  }
}
