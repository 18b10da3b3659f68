package dev.sluice.gateway.rest.history;

import dev.sluice.gateway.history.ChartQuery;
import dev.sluice.gateway.history.ChartQuery.By;
import dev.sluice.gateway.history.Kind;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to draw, as a request says it. Pure. */
final class HistoryParameters {

  private static final Duration FINEST = Duration.ofSeconds(10);
  private static final Duration LATEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(62);

  /** Unless a step is given, about so many points. */
  private static final int USUAL_POINTS = 360;

  /** A day at the finest resolution, and some. */
  private static final int MAX_POINTS = 10_000;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private HistoryParameters() {}

  static ChartQuery query(
      @Nullable String kind,
      List<String> names,
      List<String> topics,
      @Nullable String by,
      @Nullable String from,
      @Nullable String to,
      @Nullable String step,
      Instant now) {
    Instant end = to == null ? now : time("to", to);
    Instant start = from == null ? end.minus(LATEST) : time("from", from);
    Duration range = Duration.between(start, end);
    if (range.compareTo(FINEST) < 0 || range.compareTo(LONGEST) > 0) {
      throw ApiException.invalid(
          "from",
          "'from' must be at least ten seconds and at most 62 days before 'to'.",
          "Give ISO 8601 with a zone, or milliseconds since the epoch.");
    }
    Duration width = step == null ? usualStep(range) : step(step, range);
    return new ChartQuery(
        kind(kind),
        Set.copyOf(names),
        Set.copyOf(topics),
        by(by),
        aligned(start, width),
        end,
        width);
  }

  private static Kind kind(@Nullable String label) {
    return Kind.ofLabel(label == null ? "" : label)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    "kind",
                    "There is no such kind of history.",
                    "Give one of "
                        + Stream.of(Kind.values())
                            .map(Kind::label)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static By by(@Nullable String label) {
    return label == null
        ? By.TOTAL
        : Stream.of(By.values())
            .filter(by -> by.name().toLowerCase(Locale.ROOT).equals(label))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        "by",
                        "Lines can't be drawn by '" + label + "'.",
                        "Give total, name, topic or partition."));
  }

  private static Instant time(String name, String text) {
    return Instant.ofEpochMilli(
        Parameters.timestampMillis(text)
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        name,
                        "'" + name + "' is no time.",
                        "Give ISO 8601 with a zone, or milliseconds since the epoch.")));
  }

  private static Duration step(String text, Duration range) {
    Duration step =
        Duration.ofSeconds(
            Parameters.number("step", text, FINEST.toSeconds(), LONGEST.toSeconds()));
    if (range.dividedBy(step) >= MAX_POINTS) {
      throw ApiException.invalid(
          "step",
          "That are more than " + MAX_POINTS + " points.",
          "Give a larger step, or a shorter time.");
    }
    return step;
  }

  /** A multiple of what history is kept by. */
  static Duration usualStep(Duration range) {
    Duration least = range.dividedBy(USUAL_POINTS);
    Duration unit =
        Stream.of(TEN_MINUTES, MINUTE, FINEST)
            .filter(one -> least.compareTo(one) >= 0)
            .findFirst()
            .orElse(FINEST);
    return unit.multipliedBy(Math.max(1, Math.ceilDiv(least.toMillis(), unit.toMillis())));
  }

  private static Instant aligned(Instant time, Duration step) {
    long millis = time.toEpochMilli();
    return Instant.ofEpochMilli(millis - Math.floorMod(millis, step.toMillis()));
  }
}
