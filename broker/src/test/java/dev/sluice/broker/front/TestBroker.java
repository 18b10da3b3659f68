package dev.sluice.broker.front;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.AdminChanges;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.KafkaMetrics;
import dev.sluice.broker.kafka.KafkaServer;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker on a free port, and clients for it. */
public final class TestBroker implements AutoCloseable {

  private final Broker broker;
  private final KafkaFront front;

  private TestBroker(Broker broker, KafkaFront front) {
    this.broker = broker;
    this.front = front;
  }

  /** Starts on what is in the directory. */
  public static TestBroker start(Path directory) {
    return start(directory, KafkaFrontConfig.loopback(0));
  }

  public static TestBroker start(Path directory, KafkaFrontConfig config) {
    return start(directory, config, KafkaMetrics.NONE);
  }

  public static TestBroker start(Path directory, KafkaFrontConfig config, KafkaMetrics metrics) {
    Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    try {
      return new TestBroker(broker, KafkaFront.start(broker, config, metrics));
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** With somebody who hears of changes. */
  static TestBroker start(Path directory, AdminChanges changes) {
    KafkaFrontConfig config = KafkaFrontConfig.loopback(0);
    Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    KafkaFront front = KafkaFront.assemble(broker, KafkaServer.bind(config.listeners()), config);
    front.serve(KafkaMetrics.NONE, changes);
    return new TestBroker(broker, front);
  }

  public Broker broker() {
    return broker;
  }

  public KafkaFront front() {
    return front;
  }

  public int port() {
    return front.port("PLAINTEXT");
  }

  /** Settings for a client, with others added. */
  public Map<String, Object> client(Map<String, ?> others) {
    Map<String, Object> settings = new HashMap<>(others);
    settings.putIfAbsent("bootstrap.servers", front.bootstrapServers());
    return settings;
  }

  public Admin admin() {
    return Admin.create(client(Map.of()));
  }

  /** A producer of strings. */
  public KafkaProducer<String, String> producer(Map<String, ?> others) {
    return new KafkaProducer<>(client(others), new StringSerializer(), new StringSerializer());
  }

  /** A consumer of strings that begins at the earliest offset. */
  public KafkaConsumer<String, String> consumer(Map<String, ?> others) {
    Map<String, Object> settings = client(others);
    settings.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  @Override
  public void close() {
    front.close();
    broker.close();
  }
}
