package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownTopics;
import dev.sluice.gateway.rest.Parameters;
import dev.sluice.gateway.search.PartitionRange;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out which offsets a search covers from its parameters. */
@Singleton
final class SearchRanges {

  private static final Pattern LAST = Pattern.compile("latest-([0-9]{1,12})");

  private final KnownTopics topics;
  private final StartPositions starts;

  SearchRanges(KnownTopics topics, StartPositions starts) {
    this.topics = topics;
    this.starts = starts;
  }

  /**
   * Of each partition that is to be searched, the offsets as they are now.
   *
   * @throws ApiException naming the parameter that is wrong
   */
  List<PartitionRange> of(String topic, Records view, SearchQuery query) {
    return partitions(topic, query.partition)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .map(partition -> range(partition, view, query))
        .toList();
  }

  private IntStream partitions(String topic, @Nullable String wanted) {
    int count = topics.requirePartitions(topic);
    return wanted == null || wanted.isEmpty()
        ? IntStream.range(0, count)
        : Stream.of(wanted.split(",", -1))
            .mapToInt(one -> StartPositions.onlyPartition(topic, one, count).orElseThrow())
            .distinct();
  }

  private PartitionRange range(TopicPartition partition, Records view, SearchQuery query) {
    try {
      return readable(partition, view, query);
    } catch (LogException failed) {
      if (!failed.isUnreadable()) {
        throw failed;
      }
      return unknown(partition, query);
    }
  }

  /** While a partition is offline, nobody knows where it begins and ends. */
  private static PartitionRange unknown(TopicPartition partition, SearchQuery query) {
    long from = given(partition, query.from).orElse(0L);
    // It is searched if it comes back soon enough, else told of, even if nothing is in the range.
    return given(partition, query.to)
        .map(to -> new PartitionRange(partition, from, Math.max(from + 1, to)))
        .orElse(PartitionRange.open(partition, from));
  }

  private static Optional<Long> given(TopicPartition partition, @Nullable String positions) {
    return Positions.parse(positions == null ? "" : positions)
        .map(places -> places.offsets().get(partition.partition()));
  }

  private PartitionRange readable(TopicPartition partition, Records view, SearchQuery query) {
    long end = view.endOffset(partition);
    long to = Math.min(end, to(partition, view, end, query.to));
    return new PartitionRange(partition, Math.min(to, from(partition, view, end, query.from)), to);
  }

  private long from(TopicPartition partition, Records view, long end, @Nullable String from) {
    Matcher last = LAST.matcher(from == null ? "" : from);
    return last.matches()
        ? Math.max(view.startOffset(partition), end - Long.parseLong(last.group(1)))
        : starts
            .of(view)
            .resolve(
                partition.topic(), String.valueOf(partition.partition()), null, from, "earliest")
            .offsets()
            .getOrDefault(partition.partition(), 0L);
  }

  private static long to(TopicPartition partition, Records view, long end, @Nullable String to) {
    if (to == null || to.isEmpty() || to.equals("latest")) {
      return end;
    }
    Optional<Positions> places = Positions.parse(to);
    if (places.isPresent()) {
      return places.get().offsets().getOrDefault(partition.partition(), end);
    }
    OptionalLong millis = Parameters.timestampMillis(to);
    if (millis.isEmpty()) {
      throw ApiException.invalid(
          "to",
          "'" + to + "' is no place to end.",
          "Use latest, milliseconds since the epoch, an ISO-8601 time such as"
              + " 2026-01-31T12:00:00Z, or partition:offset pairs such as 0:12,1:40.");
    }
    return view.offsetForTime(partition, millis.getAsLong());
  }
}
