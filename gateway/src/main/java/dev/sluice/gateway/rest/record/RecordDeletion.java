package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownTopics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Deletes the oldest records of partitions, as far as is said, and reports it. Thread-safe. */
@Singleton
final class RecordDeletion {

  private static final String CURE =
      "Give partition:offset pairs, such as 0:42,1:17: what is before each offset goes.";

  /** Where a partition begins now. */
  @Schema(description = "Where a partition begins now.")
  record NewStart(
      @Schema(examples = "0") int partition,
      @Schema(description = "The oldest offset that can be read.", examples = "42")
          long startOffset,
      @Schema(description = "How many offsets have gone.", examples = "42") long deleted) {}

  private final KnownTopics topics;
  private final Records records;
  private final Events events;
  private final InstantSource clock;

  @Inject
  RecordDeletion(KnownTopics topics, Records records, Events events) {
    this(topics, records, events, InstantSource.system());
  }

  RecordDeletion(KnownTopics topics, Records records, Events events, InstantSource clock) {
    this.topics = topics;
    this.records = records;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Deletes what is before the offsets. Nothing is deleted if any of them is wrong; if a partition
   * fails, those before it have lost their records, and that is reported.
   *
   * @param before partition:offset pairs, as a request says them
   * @return the partitions that were named
   * @throws ApiException if the topic may not lose records, or an offset is none of its partition
   */
  List<NewStart> delete(String topic, @Nullable String before) {
    topics.requireNotInternal(topic);
    TopicDescription found = topics.require(topic);
    requireNotOnlyCompacted(found);
    Optional<Positions> wanted = Positions.parse(before == null ? "" : before);
    if (wanted.isEmpty()) {
      throw ApiException.invalid("before", "'before' says no offsets.", CURE);
    }
    int count = found.partitions().size();
    Map<TopicPartition, Long> offsets = wanted.get().of(topic);
    offsets.forEach((partition, offset) -> requireWithin(partition, offset, count));
    List<NewStart> starts = new ArrayList<>();
    try {
      wanted
          .get()
          .offsets()
          .forEach(
              (partition, offset) ->
                  starts.add(delete(new TopicPartition(topic, partition), offset)));
    } finally {
      report(topic, starts); // What has gone has gone, also if the next partition fails.
    }
    return starts;
  }

  private static void requireNotOnlyCompacted(TopicDescription topic) {
    TopicSettings settings = topic.settings();
    if (settings.compaction() != null && settings.retention().equals(Retention.FOREVER)) {
      throw ApiException.conflict(
          "topic-only-compacted",
          "'" + topic.name() + "' keeps the latest record of each key; none is to be lost.",
          "Give the topic a retention, too, or write records without a value for the keys that are"
              + " to go.");
    }
  }

  private void requireWithin(TopicPartition partition, long offset, int count) {
    if (partition.partition() >= count) {
      throw StartPositions.unknownPartition(partition.topic(), partition.partition(), count);
    }
    long end = records.endOffset(partition);
    if (offset > end) {
      throw ApiException.invalid(
          "before",
          partition + " has no offset " + offset + ".",
          "Its next record will have offset " + end + ": give that to delete all there are.");
    }
  }

  private NewStart delete(TopicPartition partition, long offset) {
    long start = records.startOffset(partition);
    records.deleteBefore(partition, offset);
    long now = records.startOffset(partition);
    return new NewStart(partition.partition(), now, Math.max(0, now - start));
  }

  private void report(String topic, List<NewStart> starts) {
    long deleted = starts.stream().mapToLong(NewStart::deleted).sum();
    if (deleted > 0) {
      String message = "Of topic " + topic + " " + deleted + " offsets were deleted.";
      events.publish(new Event("topic.records-deleted", topic, message, clock.instant()));
    }
  }
}
