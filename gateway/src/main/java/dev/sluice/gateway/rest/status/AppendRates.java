package dev.sluice.gateway.rest.status;

import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many records a second topics get, from the end offsets of the last few looks. Not
 * thread-safe; {@link OverviewFeed} guards it.
 */
final class AppendRates {

  /** A rate is an average over at most this time. */
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private static final int MAX_LOOKS = 10;

  private record Look(long nanos, Map<String, Long> appended) {}

  private final Deque<Look> looks = new ArrayDeque<>();

  /** Takes in a new look at all topics. */
  void look(long nanos, List<TopicDescription> topics) {
    Map<String, Long> appended = new HashMap<>();
    topics.forEach(topic -> appended.put(topic.name(), appended(topic)));
    looks.removeIf(look -> nanos - look.nanos > WINDOW.toNanos());
    if (looks.size() == MAX_LOOKS) {
      looks.remove();
    }
    looks.add(new Look(nanos, appended));
  }

  /** Records a second; null if the topic has not been looked at twice lately. */
  @Nullable Double perSecond(String topic) {
    Look last = looks.peekLast();
    Long now = last == null ? null : last.appended.get(topic);
    if (last == null || now == null) {
      return null;
    }
    for (Look look : looks) {
      Long then = look.appended.get(topic);
      if (then != null && look.nanos < last.nanos) {
        return Math.max(0, now - then) * 1e9 / (last.nanos - look.nanos);
      }
    }
    return null;
  }

  private static long appended(TopicDescription topic) {
    return topic.partitions().stream().mapToLong(PartitionDescription::endOffset).sum();
  }
}
