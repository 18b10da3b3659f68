package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's clients and connectors meet in one gateway: same topics, same groups. */
class KafkaIT {

  private static final TopicPartition NUMBERS = new TopicPartition("numbers", 0);
  private static final TopicPartition LINES = new TopicPartition("lines", 0);
  private static final String YAML =
      """
      topics:
        lines: {}
        numbers: {}
      connectors:
      """
          + InputFolder.connector()
          + """
              archive:
                sink: file
                topics: [numbers]
                config: {path: "${data}/archive", format: json-lines}
            """;

  @TempDir private Path directory;

  @Test
  void clientsReadWhatSourcesWriteAndSinksReadWhatClientsWrite() throws Exception {
    InputFolder input = new InputFolder(directory.resolve("input"));
    try (SluiceProcess gateway = SluiceProcess.start(directory, YAML)) {
      try (KafkaProducer<String, String> producer = KafkaClients.producer(gateway)) {
        for (int i = 0; i < 100; i++) {
          var unused = producer.send(new ProducerRecord<>("numbers", "k" + i, "{\"n\":" + i + "}"));
        }
        producer.flush();
      }
      gateway.await("an archive of what the client wrote", () -> archived() == 100);

      input.add(2, 50);
      assertThat(consumed(gateway, 100))
          .extracting(ConsumerRecord::value)
          .allSatisfy(line -> assertThat(line).startsWith("{\"k\":\"k"))
          .hasSize(100);

      assertGroupsAreTheSame(gateway);
      JsonNode kafka = gateway.get("/api/v1/cluster").path("kafka");
      assertThat(kafka.path("bootstrapServers").asText()).isEqualTo(gateway.bootstrapServers());
      assertThat(gateway.text("/q/metrics"))
          .contains("sluice_kafka_requests_seconds_count{api=\"Produce\"}")
          .contains("sluice_kafka_connections_opened_total{listener=\"main\"}");
      assertThat(gateway.status("/q/health/ready")).isEqualTo(200);
      int unused = gateway.terminate();
      assertThat(directory.resolve("data/numbers-0/partition.checkpoint"))
          .as("the mark of a clean close")
          .exists();
    }
    try (SluiceProcess gateway = SluiceProcess.start(directory, YAML)) {
      assertGroupsAreTheSame(gateway);
    }
  }

  /** A client's group is there over HTTP, and a sink's over Kafka's protocol. */
  private static void assertGroupsAreTheSame(SluiceProcess gateway) throws Exception {
    JsonNode readers = gateway.get("/api/v1/groups/readers");
    assertThat(readers.path("lag").asLong()).isZero();
    assertThat(readers.at("/offsets/0/topic").asText()).isEqualTo("lines");
    assertThat(readers.at("/offsets/0/offset").asLong()).isEqualTo(100);
    try (Admin admin = KafkaClients.admin(gateway)) {
      gateway.await(
          "the sink's position", () -> position(admin, "connect-archive", NUMBERS) == 100);
      assertThat(position(admin, "readers", LINES)).isEqualTo(100);
    }
  }

  private static long position(Admin admin, String group, TopicPartition partition) {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(10, TimeUnit.SECONDS);
      OffsetAndMetadata offset = offsets.get(partition);
      return offset == null ? -1 : offset.offset();
    } catch (Exception failure) {
      throw new AssertionError("The positions of " + group, failure);
    }
  }

  private static List<ConsumerRecord<String, String>> consumed(SluiceProcess gateway, int count) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = KafkaClients.consumer(gateway, "readers")) {
      consumer.subscribe(List.of("lines"));
      gateway.await(
          "the source's lines",
          () -> {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            return records.size() >= count;
          });
      consumer.commitSync();
    }
    return records;
  }

  private long archived() {
    try (Stream<Path> files = Files.walk(directory.resolve("data").resolve("archive"))) {
      long lines = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines += Files.readAllLines(file).size();
      }
      return lines;
    } catch (IOException | UncheckedIOException notYet) {
      return 0;
    }
  }

  @Test
  void aPortThatIsTakenIsToldBeforeAnythingStarts() throws Exception {
    Path config = Files.writeString(directory.resolve("gateway.yaml"), "topics: {}\n");
    Path data = directory.resolve("data");
    Path output = directory.resolve("output");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> command = SluiceProcess.command();
      command.addAll(List.of("run", config.toString(), "--data", data.toString()));
      command.addAll(List.of("--http-port", "0", "--kafka-port", "" + taken.getLocalPort()));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(output)
          .content()
          .contains("127.0.0.1:" + taken.getLocalPort(), "--kafka-port (0 picks a free one)")
          .contains("Nothing was started.");
      assertThat(data).doesNotExist();
    }
  }
}
