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

/** The parts of a configuration in a few words, without secrets. */
final class PlanWords {

  private PlanWords() {}

  static List<String> of(ServerSpec server) {
    return List.of(
        "host " + server.host(),
        server.httpPort() == 0 ? "HTTP port any free one" : "HTTP port " + server.httpPort(),
        "data directory " + server.dataDirectory());
  }

  static String of(TopicSpec topic) {
    List<String> words = new ArrayList<>();
    words.add(topic.partitions() == 1 ? "1 partition" : topic.partitions() + " partitions");
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
    return connector.tasks() == 1 ? way : way + ", " + connector.tasks() + " tasks";
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
