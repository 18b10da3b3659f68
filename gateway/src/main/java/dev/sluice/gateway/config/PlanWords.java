package dev.sluice.gateway.config;

import dev.sluice.connector.Units;
import dev.sluice.gateway.log.Flush;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.Timestamps;
import dev.sluice.gateway.log.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The parts of a configuration in a few words, without secrets. */
final class PlanWords {

  private PlanWords() {}

  static List<String> of(ServerSpec server) {
    List<String> words = new ArrayList<>();
    words.add("host " + server.host());
    words.add("HTTP port " + port(server.httpPort()));
    for (KafkaSpec.Listener listener : server.kafka().listeners()) {
      words.add(
          of(listener) + (listener.host().equals(server.host()) ? "" : " on " + listener.host()));
    }
    words.add("data directory " + server.dataDirectory());
    return List.copyOf(words);
  }

  /** Settings that are worth a line where they have changed. */
  static List<String> details(KafkaSpec kafka) {
    List<String> words = new ArrayList<>();
    for (KafkaSpec.Listener listener : kafka.listeners()) {
      words.add(
          "Kafka clients are told the host "
              + Objects.requireNonNullElse(listener.advertisedHost(), listener.host())
              + " and the port "
              + Objects.requireNonNullElse(listener.advertisedPort(), listener.port()));
    }
    words.add(
        "topics that Kafka clients ask for are "
            + (kafka.autoCreateTopics() ? "created" : "not created"));
    words.add("topics that Kafka clients create have " + partitions(kafka.defaultPartitions()));
    words.add(of(kafka.limits()));
    KafkaSecuritySpec security = kafka.security();
    words.add("Kafka users " + names(security.users().keySet()));
    words.add("Kafka super users " + names(security.superUsers()));
    words.add("Kafka ACLs " + security.rules());
    words.add("Kafka quotas " + security.quotas());
    return List.copyOf(words);
  }

  private static String names(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
  }

  private static String of(KafkaSpec.Listener listener) {
    return "Kafka port "
        + port(listener.port())
        + (listener.name().equals(KafkaForm.MAIN) ? "" : " (" + listener.name() + ")")
        + (listener.tls() == null ? "" : ", TLS")
        + (listener.sasl().isEmpty()
            ? ""
            : ", SASL " + String.join(" ", new TreeSet<>(listener.sasl())));
  }

  private static String of(KafkaSpec.Limits limits) {
    return "Kafka requests up to "
        + Units.formatSize(limits.requestBytes())
        + ", "
        + Units.formatSize(limits.memoryBytes())
        + " together, "
        + limits.connections()
        + " connections, "
        + limits.inFlight()
        + " requests in flight each, idle for "
        + Units.format(limits.idle())
        + ", under way for "
        + Units.format(limits.transfer());
  }

  private static String partitions(int count) {
    return count == 1 ? "1 partition" : count + " partitions";
  }

  private static String port(int port) {
    return port == 0 ? "any free one" : String.valueOf(port);
  }

  static String of(TopicSpec topic) {
    List<String> words = new ArrayList<>();
    words.add(partitions(topic.partitions()));
    TopicSettings settings = topic.settings();
    words.add(of(settings.retention()));
    if (settings.compaction() != null) {
      words.add("compacted by key");
    }
    if (settings.flush() != null) {
      words.add(of(settings.flush()));
    }
    if (settings.timestamps() == Timestamps.APPEND) {
      words.add("timed when appended");
    }
    Integer batch = settings.maxBatchBytes();
    if (batch != null) {
      words.add("batches up to " + Units.formatSize(batch));
    }
    return String.join(", ", words);
  }

  static String of(ConnectorSpec connector) {
    String from = String.join(", ", connector.topics());
    String way =
        switch (connector.kind()) {
          case SOURCE -> "source " + connector.type() + " -> " + connector.topic();
          case SINK -> from + " -> sink " + connector.type();
          case RULE -> "rule " + from + " -> " + connector.topic();
        };
    return way
        + (connector.delivery() == Delivery.AT_LEAST_ONCE ? "" : ", exactly once")
        + (connector.tasks() == 1 ? "" : ", " + connector.tasks() + " tasks");
  }

  private static String of(Retention retention) {
    List<String> limits = new ArrayList<>();
    Duration time = retention.time();
    if (time != null) {
      limits.add("for " + Units.format(time));
    }
    Long size = retention.sizeBytes();
    if (size != null) {
      limits.add("up to " + Units.formatSize(size) + " a partition");
    }
    String bounds = String.join(" and ", limits);
    Readers consumed = retention.consumed();
    if (consumed == null) {
      return "kept " + (limits.isEmpty() ? "forever" : bounds);
    }
    String readers = consumed.isAll() ? "all groups" : String.join(" and ", consumed.groups());
    return "kept until read by " + readers + (limits.isEmpty() ? "" : ", at most " + bounds);
  }

  private static String of(Flush flush) {
    return switch (flush) {
      case Flush.Ack ack -> "acknowledged when on disk";
      case Flush.Interval timed -> "flushed every " + Units.format(timed.interval());
      case Flush.Os os -> "flushed by the system";
    };
  }
}
