package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** What clients can do since 2.1, in the words that all versions since then have. */
final class OldestChecks {

  private final Cluster cluster;
  private final Topics topics;

  OldestChecks(Cluster cluster) {
    this.cluster = cluster;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    report.check("topics: create, grow, describe settings", this::topics);
    for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
      report.check("codec " + codec, () -> codec(codec));
    }
    report.check("assign, offsets for times, seek", this::seek);
    report.check("a classic group goes on where it was", this::group);
    report.check("transactions are read when they are committed", this::transactions);
    report.check("records and topics are deleted", this::deletions);
  }

  private void topics() throws Exception {
    String topic = topics.create("old-topics", 2, Map.of("retention.ms", "3600000"));
    try (AdminClient admin = admin()) {
      var unused = admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
      assertThat(admin.listTopics().names().get()).contains(topic);
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      assertThat(
              Answers.at(admin.describeConfigs(List.of(resource)).all().get(), resource)
                  .get("retention.ms")
                  .value())
          .isEqualTo("3600000");
    }
    try (KafkaConsumer<String, String> consumer = cluster.consumer(Map.of())) {
      assertThat(consumer.partitionsFor(topic)).hasSize(3);
    }
  }

  private void codec(String codec) throws Exception {
    String topic = topics.create("old-" + codec, 1, Map.of());
    try (KafkaProducer<String, String> producer =
        cluster.producer(Map.of("compression.type", codec, "enable.idempotence", true))) {
      for (int i = 0; i < 500; i++) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, "k" + i, "v" + i);
        record.headers().add("h", ("h" + i).getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(record);
      }
    }
    List<ConsumerRecord<String, String>> read = Reading.all(cluster, topic, 1, Map.of());
    assertThat(Reading.values(read)).isEqualTo(Topics.values(0, 500));
    assertThat(read)
        .allSatisfy(
            record ->
                assertThat(record.headers().lastHeader("h").value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("h" + record.offset()));
  }

  private void seek() throws Exception {
    String topic = topics.create("old-seek", 1, Map.of());
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
      for (int i = 0; i < 100; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, 0, 1000L + i, "k", "v" + i));
      }
    }
    try (KafkaConsumer<String, String> consumer = cluster.consumer(Map.of())) {
      consumer.assign(List.of(partition));
      Map<TopicPartition, OffsetAndTimestamp> found =
          consumer.offsetsForTimes(Map.of(partition, 1050L));
      assertThat(Answers.at(found, partition).offset()).isEqualTo(50);
      consumer.seek(partition, 50);
      assertThat(Reading.values(Reading.toTheEnd(consumer))).isEqualTo(Topics.values(50, 100));
      assertThat(consumer.beginningOffsets(List.of(partition))).containsEntry(partition, 0L);
    }
  }

  private void group() throws Exception {
    String topic = topics.create("old-group", 4, Map.of());
    String group = cluster.name("old-group");
    TreeSet<String> read = new TreeSet<>();
    Map<String, ?> settings = Map.of("session.timeout.ms", 6000, "heartbeat.interval.ms", 500);
    try (Members members = new Members(cluster, group, topic, settings)) {
      members.join(Map.of());
      members.join(Map.of());
      members.pollUntilShared(4);
      topics.send(topic, 0, 40);
      members.readToTheEnd();
      assertThat(members.read()).hasSize(40);
    }
    topics.send(topic, 40, 50);
    try (Members members = new Members(cluster, group, topic, settings);
        AdminClient admin = admin()) {
      members.join(Map.of());
      members.pollUntilShared(4);
      members.readToTheEnd();
      read.addAll(Reading.values(members.read()));
      assertThat(read).isEqualTo(new TreeSet<>(Topics.values(40, 50)));
      assertThat(
              Answers.at(admin.describeConsumerGroups(List.of(group)).all().get(), group).members())
          .hasSize(1);
    }
    try (AdminClient admin = admin()) {
      assertThat(
              admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values())
          .extracting(position -> position.offset())
          .hasSize(4)
          .satisfies(offsets -> assertThat(offsets.stream().mapToLong(o -> o).sum()).isEqualTo(50));
      var unused = admin.deleteConsumerGroups(List.of(group)).all().get();
    }
  }

  private void transactions() throws Exception {
    String topic = topics.create("old-transactions", 1, Map.of());
    try (KafkaProducer<String, String> producer =
        cluster.producer(Map.of("transactional.id", cluster.name("old")))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : Topics.values(0, 5)) {
        var unused = producer.send(new ProducerRecord<>(topic, "k", value));
      }
      producer.abortTransaction();
      producer.beginTransaction();
      for (String value : Topics.values(5, 10)) {
        var unused = producer.send(new ProducerRecord<>(topic, "k", value));
      }
      producer.commitTransaction();
    }
    assertThat(Reading.values(cluster, topic, Map.of("isolation.level", "read_committed")))
        .isEqualTo(Topics.values(5, 10));
  }

  private void deletions() throws Exception {
    String topic = topics.create("old-deletions", 1, Map.of());
    TopicPartition partition = new TopicPartition(topic, 0);
    topics.send(topic, 0, 10);
    try (AdminClient admin = admin()) {
      var low =
          Answers.at(
                  admin
                      .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4)))
                      .lowWatermarks(),
                  partition)
              .get();
      assertThat(low.lowWatermark()).isEqualTo(4);
      assertThat(Reading.values(cluster, topic, Map.of())).isEqualTo(Topics.values(4, 10));
      var unused = admin.deleteTopics(List.of(topic)).all().get();
      assertThat(admin.listTopics().names().get()).doesNotContain(topic);
    }
  }

  private AdminClient admin() {
    return AdminClient.create(cluster.with(Map.of()));
  }
}
