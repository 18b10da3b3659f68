package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.apache.kafka.common.TopicPartition;

/** Members of one group that read one topic, polled by one thread. */
final class Members implements AutoCloseable {

  private final Cluster cluster;
  private final Map<String, Object> settings;
  private final String topic;
  private final List<KafkaConsumer<String, String>> members = new ArrayList<>();
  private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

  Members(Cluster cluster, String group, String topic, Map<String, ?> settings) {
    this.cluster = cluster;
    this.settings = new HashMap<>(settings);
    this.settings.put("group.id", group);
    this.topic = topic;
  }

  KafkaConsumer<String, String> join(Map<String, ?> others) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(others);
    KafkaConsumer<String, String> member = cluster.consumer(all);
    member.subscribe(List.of(topic));
    return add(member);
  }

  /** One that has subscribed by itself. */
  KafkaConsumer<String, String> add(KafkaConsumer<String, String> member) {
    members.add(member);
    return member;
  }

  /** It is no longer polled, nor closed with the others. */
  void remove(KafkaConsumer<String, String> member) {
    members.remove(member);
  }

  List<ConsumerRecord<String, String>> read() {
    return read;
  }

  void pollOnce() {
    for (KafkaConsumer<String, String> member : members) {
      member.poll(Duration.ofMillis(20)).forEach(read::add);
    }
  }

  void pollUntil(BooleanSupplier done) {
    long deadline = System.nanoTime() + Reading.PATIENCE.toNanos();
    do {
      assertThat(System.nanoTime()).as("time is up: %s", this).isLessThan(deadline);
      pollOnce();
    } while (!done.getAsBoolean());
  }

  /** Polls until each partition has one owner, and each member has partitions. */
  void pollUntilShared(int partitions) {
    pollUntil(
        () -> {
          Set<TopicPartition> owned = new HashSet<>();
          int sum = 0;
          for (KafkaConsumer<String, String> member : members) {
            owned.addAll(member.assignment());
            sum += member.assignment().size();
          }
          return sum == partitions
              && owned.size() == partitions
              && members.stream().noneMatch(member -> member.assignment().isEmpty());
        });
  }

  /** Polls until all has been read, and commits that. */
  void readToTheEnd() {
    pollUntil(() -> members.stream().allMatch(Members::isAtEnd));
    members.forEach(KafkaConsumer::commitSync);
  }

  /** One without partitions is about to get some, or others are about to get those it had. */
  private static boolean isAtEnd(KafkaConsumer<String, String> member) {
    if (member.assignment().isEmpty()) {
      return false;
    }
    return member.endOffsets(member.assignment()).entrySet().stream()
        .allMatch(end -> member.position(end.getKey()) == end.getValue());
  }

  @Override
  public String toString() {
    return members.stream().map(member -> member.assignment().toString()).toList().toString();
  }

  @Override
  public void close() {
    members.forEach(KafkaConsumer::close);
    members.clear();
  }
}
