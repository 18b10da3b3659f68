package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.KafkaMetrics;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The power fails while Kafka's own producer commits, at another call of the disk each time, and
 * the broker comes back on what was forced: the producer's commit succeeds all the same, and each
 * record is there once.
 */
class TransactionKillTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Logger LOGS = Logger.getLogger("dev.sluice");
  private static final List<TopicPartition> ORDERS =
      List.of(new TopicPartition("orders", 0), new TopicPartition("orders", 1));

  private final FaultyStorage storage = new FaultyStorage(1);
  private Broker broker = open();
  private KafkaFront front = KafkaFront.start(broker, config(0), KafkaMetrics.NONE);

  @BeforeEach
  void hush() {
    LOGS.setLevel(Level.OFF); // Each crash makes the log say so, many times.
  }

  @AfterEach
  void stop() {
    LOGS.setLevel(null);
    front.close();
    broker.close();
  }

  @Test
  void aCommitIsWholeWhereverThePowerFails() throws Exception {
    assertThat(broker.topics().create("orders", 2, TopicConfig.FOREVER)).isNotNull();
    List<String> sent = new ArrayList<>();
    int crashes = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        KafkaProducer<String, String> producer = producer()) {
      producer.initTransactions();
      for (int i = 1; i <= 8; i++) {
        producer.beginTransaction();
        for (TopicPartition partition : ORDERS) {
          Future<RecordMetadata> unused =
              producer.send(new ProducerRecord<>("orders", partition.partition(), "k", "v" + i));
        }
        sent.add("v" + i);
        storage.crashAfter(2L * i, Loss.ALL);
        Future<?> commit = threads.submit(producer::commitTransaction);
        if (hasCrashedBefore(commit)) {
          crashes++;
        }
        restart();
        assertThat(commit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
      }
    }
    assertThat(crashes).isGreaterThan(3);
    for (TopicPartition partition : ORDERS) {
      assertThat(read(partition, sent.size())).isEqualTo(sent);
    }
  }

  private boolean hasCrashedBefore(Future<?> commit) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!storage.isCrashed() && System.nanoTime() < deadline) {
      try {
        Object unused = commit.get(20, TimeUnit.MILLISECONDS);
        break;
      } catch (TimeoutException goesOn) {
        continue;
      }
    }
    return storage.isCrashed();
  }

  private void restart() {
    int port = front.port("PLAINTEXT");
    storage.crashAfter(1, Loss.ALL);
    front.close();
    broker.close();
    storage.restart(Loss.ALL);
    broker = open();
    front = KafkaFront.start(broker, config(port), KafkaMetrics.NONE);
  }

  private Broker open() {
    return Broker.open(Path.of("/data"), storage, Clock.systemUTC(), LogMetrics.NONE);
  }

  private static KafkaFrontConfig config(int port) {
    return KafkaFrontConfig.loopback(port);
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            front.bootstrapServers(),
            "transactional.id",
            "shop",
            "reconnect.backoff.max.ms",
            200),
        new StringSerializer(),
        new StringSerializer());
  }

  private List<String> read(TopicPartition partition, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                front.bootstrapServers(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
