package dev.sluice.gateway.config;

import dev.sluice.gateway.log.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parts of a configuration in a few words, without secrets. */
final class PlanWords {

  private static final List<String> SIZES = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private PlanWords() {}

  static List<String> of(ServerSpec server) {
    return List.of(
        "host " + server.host(),
        server.httpPort() == 0 ? "HTTP port any free one" : "HTTP port " + server.httpPort(),
        "data directory " + server.dataDirectory());
  }

  static String of(TopicSpec topic) {
    String partitions =
        topic.partitions() == 1 ? "1 partition" : topic.partitions() + " partitions";
    return partitions + ", kept " + of(topic.settings().retention());
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
    @Nullable Duration time = retention.time();
    if (time != null) {
      limits.add("for " + of(time));
    }
    @Nullable Long size = retention.sizeBytes();
    if (size != null) {
      limits.add("up to " + size(size) + " a partition");
    }
    return limits.isEmpty() ? "forever" : String.join(" and ", limits);
  }

  private static String of(Duration time) {
    if (time.toMillisPart() != 0 || time.isZero()) {
      return time.toMillis() + "ms";
    }
    if (time.toSecondsPart() != 0) {
      return time.toSeconds() + "s";
    }
    if (time.toMinutesPart() != 0) {
      return time.toMinutes() + "m";
    }
    return time.toHoursPart() != 0 ? time.toHours() + "h" : time.toDays() + "d";
  }

  private static String size(long bytes) {
    long number = bytes;
    int unit = 0;
    while (unit < SIZES.size() - 1 && number >= 1024 && number % 1024 == 0) {
      number /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%d%s", number, SIZES.get(unit));
  }
}
