package dev.sluice.compat.clients;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The broker as clients of one version see it.
 *
 * @param bootstrap its address
 * @param version of the clients; part of all names, so that versions don't meet in a topic
 */
record Cluster(String bootstrap, String version) {

  String name(String plain) {
    return plain + "-" + version;
  }

  Map<String, Object> with(Map<String, ?> others) {
    Map<String, Object> settings = new HashMap<>(others);
    settings.put("bootstrap.servers", bootstrap);
    return settings;
  }

  KafkaProducer<String, String> producer(Map<String, ?> others) {
    return new KafkaProducer<>(with(others), new StringSerializer(), new StringSerializer());
  }

  KafkaConsumer<String, String> consumer(Map<String, ?> others) {
    Map<String, Object> settings = with(others);
    settings.putIfAbsent("auto.offset.reset", "earliest");
    settings.putIfAbsent("enable.auto.commit", false);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }
}
