package dev.sluice.broker.front;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.ListenerConfig;
import dev.sluice.broker.kafka.ServerLimits;
import dev.sluice.broker.kafka.TransportFactory;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.security.Authentication;
import dev.sluice.broker.security.SaslSettings;
import dev.sluice.broker.security.SecuritySettings;
import dev.sluice.broker.security.Users;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/** Starts brokers that want to know who is there, and gives their clients the right words. */
final class SecuredBroker {

  static final KafkaPrincipal ADMIN = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, "admin");
  static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private SecuredBroker() {}

  /** With one listener, a super user {@code admin}, and a topic {@code orders}. */
  static TestBroker start(Path directory, TransportFactory transports, boolean withSasl) {
    return start(directory, transports, withSasl, Duration.ZERO);
  }

  static TestBroker start(
      Path directory, TransportFactory transports, boolean withSasl, Duration sessionLifetime) {
    Set<String> mechanisms = withSasl ? Set.copyOf(Authentication.MECHANISMS) : Set.of();
    TestBroker broker =
        TestBroker.start(
            directory,
            new KafkaFrontConfig(
                List.of(
                    new ListenerConfig(
                        "SECURE", "127.0.0.1", 0, null, null, mechanisms, transports)),
                ServerLimits.DEFAULT,
                new BrokerDefaults(1, false, TopicConfig.FOREVER),
                CoordinatorSettings.DEFAULT,
                new SecuritySettings(
                    Set.of(ADMIN), new SaslSettings(sessionLifetime, Duration.ZERO))));
    broker.broker().topics().create("orders", 1, TopicConfig.FOREVER);
    return broker;
  }

  static Users users(TestBroker broker) {
    return new Users(broker.broker().metadata(), new SecureRandom());
  }

  /** Settings of a client that comes in by SASL. */
  static Map<String, Object> sasl(String mechanism, String user, String password) {
    String module =
        mechanism.equals("PLAIN")
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    return new HashMap<>(
        Map.of(
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            mechanism,
            "sasl.jaas.config",
            "%s required username=\"%s\" password=\"%s\";".formatted(module, user, password)));
  }

  /** Has a client append a record and read it. */
  static String roundTrip(TestBroker broker, Map<String, Object> client, String value)
      throws ExecutionException, InterruptedException {
    produce(broker, client, value);
    return consume(broker, client);
  }

  static void produce(TestBroker broker, Map<String, Object> client, String value)
      throws ExecutionException, InterruptedException {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("max.block.ms", PATIENCE.toMillis());
    try (KafkaProducer<String, String> producer = broker.producer(settings)) {
      RecordMetadata unused = producer.send(new ProducerRecord<>("orders", 0, "k", value)).get();
    }
  }

  /** The value of the first record. */
  static String consume(TestBroker broker, Map<String, Object> client) {
    try (KafkaConsumer<String, String> consumer = broker.consumer(client)) {
      consumer.assign(List.of(ORDERS));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < deadline) {
        for (var record : consumer.poll(Duration.ofMillis(500))) {
          return record.value();
        }
      }
    }
    throw new AssertionError("No record came");
  }
}
