package dev.sluice.bench.kafka;

import dev.sluice.bench.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * Starts either side in a directory. Kafka is one node that is broker and controller, with the heap
 * and collector options of its kafka-server-start.sh, everything else by default; ours has the
 * options below, and SLUICE_OPTS behind them.
 */
final class Servers {

  private static final List<String> KAFKA_OPTIONS =
      List.of(
          "-Xmx1G",
          "-Xms1G",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent",
          "-Djava.awt.headless=true",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
          "--sun-misc-unsafe-memory-access=allow");

  private static final List<String> SLUICE_OPTIONS =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseSerialGC",
          "-Xms64m",
          "-Xmx256m",
          "-XX:MaxDirectMemorySize=384m",
          // The JVM begins with 21 MB for classes and collects everything when they are used up.
          "-XX:MetaspaceSize=64m",
          "-XX:TrimNativeHeapInterval=5000",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dslf4j.internal.verbosity=ERROR");

  private static final String SLUICE_MAIN = "dev.sluice.broker.front.BrokerMain";

  private Servers() {}

  /** Prepares a directory for {@link #start}. */
  static void format(Side side, Scratch scratch) throws IOException, InterruptedException {
    if (side == Side.SLUICE) {
      return;
    }
    Path properties = scratch.resolve("server.properties");
    Files.writeString(
        properties,
        kafkaProperties(
            scratch.resolve("kafka"), ServerProcess.freePort(), ServerProcess.freePort()));
    List<String> arguments =
        List.of(
            "format", "--standalone", "-t", Uuid.randomUuid().toString(), "-c", properties + "");
    ClientTool.runMain(List.of(), "kafka.tools.StorageTool", arguments);
  }

  /** Starts a server in a directory that was prepared, new or used before. */
  static ServerProcess start(Side side, Scratch scratch, String... sluiceOptions)
      throws IOException {
    return switch (side) {
      case SLUICE -> startSluice(scratch, List.of(sluiceOptions));
      case KAFKA -> startKafka(scratch);
    };
  }

  private static ServerProcess startSluice(Scratch scratch, List<String> more) throws IOException {
    int port = ServerProcess.freePort();
    // Options of the AOT cache come before the others.
    List<String> options = new ArrayList<>(more);
    options.addAll(SLUICE_OPTIONS);
    String given = System.getenv("SLUICE_OPTS");
    if (given != null && !given.isBlank()) {
      options.addAll(List.of(given.strip().split("\\s+", -1)));
    }
    String data = scratch.resolve("sluice").toString();
    return ServerProcess.start(
        Installation.sluice(options, SLUICE_MAIN, List.of(data, Integer.toString(port))), port);
  }

  private static ServerProcess startKafka(Scratch scratch) throws IOException {
    Path properties = scratch.resolve("server.properties");
    int port =
        Files.readAllLines(properties).stream()
            .filter(line -> line.startsWith("advertised.listeners="))
            .map(line -> Integer.valueOf(line.substring(line.lastIndexOf(':') + 1)))
            .findFirst()
            .orElseThrow();
    return ServerProcess.start(
        Installation.kafka(KAFKA_OPTIONS, "kafka.Kafka", List.of(properties.toString())), port);
  }

  /** A node that is alone: its internal topics can't have the three replicas of the default. */
  private static String kafkaProperties(Path data, int port, int controllerPort) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.bootstrap.servers=127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
        log.dirs=%3$s
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        """
        .formatted(port, controllerPort, data);
  }
}
