package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Consumers of the group "billing" that read the topic "orders", polled by one thread. */
final class TestMembers implements AutoCloseable {

  static final String GROUP = "billing";
  static final String TOPIC = "orders";

  /** Members have little time, so that tests take little. */
  static final KafkaFrontConfig CONFIG = onPort(0);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The same, found again by clients after a restart. */
  static KafkaFrontConfig onPort(int port) {
    return KafkaFrontConfig.loopback(port)
        .withGroups(
            new CoordinatorSettings(
                Duration.ofMillis(500),
                Duration.ZERO,
                Duration.ofMillis(1500),
                Duration.ofMillis(200),
                Duration.ofMillis(100),
                Duration.ofDays(7),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10)));
  }

  private final TestBroker broker;
  private final Map<String, ?> settings;
  private final List<KafkaConsumer<String, String>> members = new ArrayList<>();
  private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

  /**
   * No members yet.
   *
   * @param protocol {@code classic} or {@code consumer}
   */
  TestMembers(TestBroker broker, String protocol, Map<String, ?> others) {
    this.broker = broker;
    Map<String, Object> all = new HashMap<>();
    all.put("group.id", GROUP);
    all.put("group.protocol", protocol);
    all.put("enable.auto.commit", false);
    if (protocol.equals("classic")) {
      all.put("session.timeout.ms", 1500);
      all.put("heartbeat.interval.ms", 100);
    }
    all.putAll(others);
    this.settings = all;
  }

  KafkaConsumer<String, String> join(Map<String, ?> others) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(others);
    KafkaConsumer<String, String> member = broker.consumer(all);
    member.subscribe(List.of(TOPIC));
    members.add(member);
    return member;
  }

  KafkaConsumer<String, String> join() {
    return join(Map.of());
  }

  void leave(KafkaConsumer<String, String> member) {
    members.remove(member);
    member.close();
  }

  /** Ends a member without a word to the others. */
  void kill(KafkaConsumer<String, String> member) {
    members.remove(member);
    member.close(
        CloseOptions.timeout(Duration.ZERO)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
  }

  List<KafkaConsumer<String, String>> members() {
    return members;
  }

  /** All that was read, and the places, since the last {@link #forget}. */
  List<ConsumerRecord<String, String>> read() {
    return read;
  }

  void forget() {
    read.clear();
  }

  Set<String> places() {
    Set<String> places = new HashSet<>();
    read.forEach(record -> places.add(record.partition() + "@" + record.offset()));
    return places;
  }

  void pollOnce() {
    for (KafkaConsumer<String, String> member : members) {
      member.poll(Duration.ofMillis(20)).forEach(read::add);
    }
  }

  void pollUntil(BooleanSupplier done) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      assertThat(System.nanoTime()).as("time is up, %s", this).isLessThan(deadline);
      pollOnce();
    } while (!done.getAsBoolean());
  }

  /** Polls until each partition has one owner, and all have about the same number of them. */
  void pollUntilShared(int partitions) {
    int least = partitions / members.size();
    int most = (partitions + members.size() - 1) / members.size();
    pollUntil(
        () -> {
          Set<TopicPartition> owned = new HashSet<>();
          int sum = 0;
          for (KafkaConsumer<String, String> member : members) {
            if (member.assignment().size() < least || member.assignment().size() > most) {
              return false;
            }
            owned.addAll(member.assignment());
            sum += member.assignment().size();
          }
          return sum == partitions && owned.size() == partitions;
        });
  }

  /** Polls until everything that there is has been read, and commits that. */
  void readToTheEnd() {
    pollUntil(() -> members.stream().allMatch(TestMembers::isAtEnd));
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

  /** Records, one after the other to each partition. */
  static void produce(TestBroker broker, int count, int partitions) {
    try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
      for (int i = 0; i < count; i++) {
        var unused = producer.send(new ProducerRecord<>(TOPIC, i % partitions, "k" + i, "v" + i));
      }
      producer.flush();
    }
  }

  @Override
  public String toString() {
    return members.stream().map(member -> member.assignment().toString()).toList().toString();
  }

  @Override
  public void close() {
    for (KafkaConsumer<String, String> member : List.copyOf(members)) {
      leave(member);
    }
  }
}
