package dev.sluice.compat.clients;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes topics and fills them, with what clients of all versions have. */
final class Topics {

  private final Cluster cluster;

  Topics(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Makes a topic; its full name. */
  String create(String plain, int partitions, Map<String, String> configs)
      throws ExecutionException, InterruptedException {
    String topic = cluster.name(plain);
    try (AdminClient admin = AdminClient.create(cluster.with(Map.of()))) {
      var unused =
          admin
              .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
              .all()
              .get();
    }
    return topic;
  }

  String create(String plain, int partitions) throws ExecutionException, InterruptedException {
    return create(plain, partitions, Map.of());
  }

  /** Sends the values of a range to partitions by key. */
  void send(String topic, int from, int to) {
    try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
      for (int i = from; i < to; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, "k" + i, "v" + i));
      }
    }
  }

  /** The values of a range. */
  static List<String> values(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "v" + i).toList();
  }
}
