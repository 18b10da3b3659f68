package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.broker.Broker;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConfigResult;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.config.GatewayConfig;
import dev.sluice.gateway.config.TopicSpec;
import dev.sluice.gateway.connect.ConnectMetrics;
import dev.sluice.gateway.connect.ConnectRuntime;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.Surroundings;
import dev.sluice.gateway.connect.TaskState;
import dev.sluice.gateway.connect.work.LogPorts;
import dev.sluice.gateway.kafka.KafkaGate;
import dev.sluice.gateway.kafka.TestGate;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.log.embedded.EmbeddedGroups;
import dev.sluice.gateway.log.embedded.EmbeddedRecords;
import dev.sluice.gateway.log.embedded.EmbeddedTopics;
import dev.sluice.gateway.log.embedded.EmbeddedTransactions;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.io.FaultyStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk fills up and is given space again: in memory, and with {@code -Dlong=true} as a small
 * file system under a whole process, where one may be mounted.
 */
class DiskFullIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String YAML =
      """
      topics:
        lines: {partitions: 2}
      connectors:
      """
          + InputFolder.connector();

  @TempDir private Path directory;

  @Test
  void nothingIsAcknowledgedWhileTheDiskIsFullAndNothingIsLost() throws Exception {
    InputFolder input = new InputFolder(directory.resolve("input"));
    FaultyStorage storage = new FaultyStorage(1);
    Clock clock = Clock.systemUTC();
    try (Broker broker = Broker.open(Path.of("/log"), storage, clock, LogMetrics.NONE)) {
      Topics topics = new EmbeddedTopics(broker);
      Records records = new EmbeddedRecords(broker);
      ConnectorTypes types = ConnectorTypes.installed();
      try (KafkaGate kafka = TestGate.before(broker);
          ConnectRuntime runtime =
              ConnectRuntime.open(
                  types,
                  new LogPorts(
                      topics,
                      records,
                      new EmbeddedGroups(kafka.groups()),
                      new EmbeddedTransactions(broker, kafka.transactions(), kafka.groups())),
                  new Surroundings(
                      clock,
                      new Random(1),
                      event -> {},
                      ConnectMetrics.NONE,
                      Duration.ofSeconds(5)))) {
        GatewayConfig config = load(types);
        for (TopicSpec topic : config.topics().values()) {
          topics.create(topic.name(), topic.partitions(), topic.settings());
        }
        runtime.apply(config.connectors());
        input.add(3, 1_000);
        eventually(() -> input.waiting() == 0);

        storage.setCapacity(storage.usedBytes() + 50_000);
        input.add(5, 1_000);
        eventually(() -> attempts(runtime) >= 3);
        TaskView task = task(runtime);
        TaskError error = Objects.requireNonNull(task.error());
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(error.code()).isEqualTo("log-disk-full");
        assertThat(error.category()).isEqualTo("RESOURCE");
        assertThat(error.suggestion()).contains("Free space");
        assertThat(error.nextAttempt()).isNotNull();
        assertThat(input.waiting()).as("files not acknowledged").isPositive();
        assertThat(input.fed().missingFrom(lines(records))).as("lines not stored").isPositive();
        long readable = lines(records).distinct();
        assertThat(readable).as("lines that can be read").isGreaterThanOrEqualTo(3_000);

        storage.setCapacity(Long.MAX_VALUE);
        eventually(() -> input.waiting() == 0);
        Deliveries arrived = lines(records);
        input.fed().assertArrivedIn(arrived);
        eventually(() -> task(runtime).error() == null);
        assertThat(task(runtime).state()).isEqualTo(TaskState.RUNNING);
        System.out.printf(
            "Disk full: records=%d, readable while full=%d, missing=0, repeats=%d%n",
            input.fed().size(), readable, arrived.size() - arrived.distinct());
      }
    }
  }

  @Test
  void aGatewayOnASmallFileSystemGoesOnWhenThereIsSpace() throws Exception {
    Assumptions.assumeTrue(Boolean.getBoolean("long"), "only with -Dlong=true");
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()),
        "no file system may be mounted here");
    try {
      InputFolder input = new InputFolder(directory.resolve("input"));
      Path config = Files.writeString(directory.resolve("gateway.yaml"), YAML);
      try (SluiceProcess gateway = SluiceProcess.start(config, disk.resolve("data"), Map.of())) {
        input.add(10, 1_000);
        gateway.await("the first files", () -> input.waiting() == 0);
        input.add(150, 1_000);
        gateway.await(
            "a full disk",
            () ->
                gateway
                    .connector("app")
                    .path("error")
                    .path("code")
                    .asText()
                    .equals("log-disk-full"));
        assertThat(gateway.status("/q/health/ready")).isEqualTo(503);
        assertThat(gateway.get("/q/health/ready").toString()).contains("app/0", "Free space");
        assertThat(gateway.status("/q/health/live")).isEqualTo(200);
        assertThat(gateway.records("lines")).hasSizeGreaterThan(10_000);
        assertThat(input.waiting()).as("files not acknowledged").isPositive();
        System.out.println("While it is full: " + gateway.connector("app").path("error"));

        assertThat(run("mount", "-o", "remount,size=256m", disk.toString())).isTrue();
        gateway.await("all files", () -> input.waiting() == 0);
        gateway.await("readiness", () -> gateway.status("/q/health/ready") == 200);
        Deliveries arrived = new Deliveries();
        for (JsonNode line : gateway.records("lines")) {
          arrived.add(line.path("key").asText(), line.path("value").path("n").asText());
        }
        input.fed().assertArrivedIn(arrived);
        System.out.printf(
            "Disk full, whole process: records=%d, missing=0, repeats=%d%n",
            input.fed().size(), arrived.size() - arrived.distinct());
      }
    } finally {
      assertThat(run("umount", disk.toString())).as("unmounted").isTrue();
    }
  }

  private GatewayConfig load(ConnectorTypes types) {
    ConfigResult result =
        new ConfigLoader(types).loadText("gateway.yaml", YAML, directory, Environment.system());
    assertThat(result).isInstanceOf(ConfigResult.Valid.class);
    return ((ConfigResult.Valid) result).config();
  }

  private static TaskView task(ConnectRuntime runtime) {
    return runtime.find("app").orElseThrow().tasks().getFirst();
  }

  private static int attempts(ConnectRuntime runtime) {
    TaskError error = task(runtime).error();
    return error == null ? 0 : error.attempts();
  }

  private static Deliveries lines(Records records) throws IOException {
    Deliveries lines = new Deliveries();
    for (int partition = 0; partition < 2; partition++) {
      TopicPartition from = new TopicPartition("lines", partition);
      long offset = records.startOffset(from);
      for (List<StoredRecord> some = read(records, from, offset);
          !some.isEmpty();
          some = read(records, from, offset)) {
        for (StoredRecord record : some) {
          JsonNode value = JSON.readTree(record.value());
          lines.add(value.path("k").asText(), value.path("n").asText());
        }
        offset = some.getLast().offset() + 1;
      }
    }
    return lines;
  }

  private static List<StoredRecord> read(Records records, TopicPartition from, long offset) {
    return records.read(from, offset, 10_000, 1 << 20).records();
  }

  private static void eventually(BooleanSupplier condition) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(30))
        .until(condition::getAsBoolean);
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
