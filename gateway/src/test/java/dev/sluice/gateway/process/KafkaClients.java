package dev.sluice.gateway.process;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients, as anyone would use them, against a gateway's process. */
public final class KafkaClients {

  private KafkaClients() {}

  public static KafkaProducer<String, String> producer(SluiceProcess gateway) {
    return new KafkaProducer<>(
        settings(gateway, Map.of("linger.ms", 1)), new StringSerializer(), new StringSerializer());
  }

  /**
   * The one member of a group. It begins at the first record, commits when it is told to, and takes
   * its own place at once when it comes back after a crash.
   */
  public static KafkaConsumer<String, String> consumer(SluiceProcess gateway, String group) {
    return new KafkaConsumer<>(
        settings(
            gateway,
            Map.of(
                "group.id",
                group,
                "group.instance.id",
                "only-one",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false)),
        new StringDeserializer(),
        new StringDeserializer());
  }

  /**
   * A member that comes and goes. It begins at the first record, and commits when it is told to.
   */
  public static KafkaConsumer<String, String> member(SluiceProcess gateway, String group) {
    return new KafkaConsumer<>(
        settings(
            gateway,
            Map.of(
                "group.id", group, "auto.offset.reset", "earliest", "enable.auto.commit", false)),
        new StringDeserializer(),
        new StringDeserializer());
  }

  public static Admin admin(SluiceProcess gateway) {
    return Admin.create(settings(gateway, Map.of()));
  }

  private static Map<String, Object> settings(SluiceProcess gateway, Map<String, Object> others) {
    Map<String, Object> settings = new HashMap<>(others);
    settings.put("bootstrap.servers", gateway.bootstrapServers());
    return settings;
  }
}
