package dev.sluice.gateway.rest.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Topics;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the topic {@code _events}, which has one partition. Thread-safe. */
@Singleton
final class EventLog {

  static final TopicPartition EVENTS = new TopicPartition(OwnTopics.EVENTS, 0);

  /** So many are read for one answer at most; whoever wants more asks again. */
  private static final int MAX_SCANNED = 20_000;

  private static final int CHUNK = 500;
  private static final int CHUNK_BYTES = 1 << 20;

  private final Topics topics;
  private final Records records;
  private final ObjectMapper json;

  EventLog(Topics topics, Records records, ObjectMapper json) {
    this.topics = topics;
    this.records = records;
    this.json = json;
  }

  /**
   * Events from the newest on.
   *
   * @param next before which offset to go on; null if there are no older ones
   */
  record Page(List<EventJson> events, @Nullable Long next) {}

  /** Whether there are any; the topic comes with the first. */
  boolean isEmpty() {
    return topics.partitionCount(EVENTS.topic()) == 0;
  }

  /**
   * The newest events that a filter accepts.
   *
   * @param before only those before this offset
   * @param fromMillis only those from this time on; milliseconds since the epoch
   * @param toMillis only those before this time
   */
  Page page(EventFilter filter, int limit, long before, long fromMillis, long toMillis) {
    if (isEmpty()) {
      return new Page(List.of(), null);
    }
    long start = records.startOffset(EVENTS);
    long at = Math.min(before, records.endOffset(EVENTS));
    if (toMillis != Long.MAX_VALUE) {
      at = Math.min(at, records.offsetForTime(EVENTS, toMillis));
    }
    if (fromMillis > 0) {
      start = Math.max(start, records.offsetForTime(EVENTS, fromMillis));
    }
    List<EventJson> found = new ArrayList<>();
    int scanned = 0;
    while (at > start && found.size() < limit && scanned < MAX_SCANNED) {
      long from = Math.max(start, at - CHUNK);
      List<EventJson> chunk = new ArrayList<>();
      read(from, at, chunk::add);
      Collections.reverse(chunk);
      scanned += CHUNK;
      at = from;
      for (EventJson event : chunk) {
        if (found.size() == limit) {
          at = found.getLast().offset();
          break;
        }
        if (filter.accepts(event)) {
          found.add(event);
        }
      }
    }
    return new Page(List.copyOf(found), at > start ? at : null);
  }

  /** Reads events of a range in order. */
  private void read(long from, long to, Consumer<EventJson> into) {
    long at = from;
    while (at < to) {
      Records.Slice slice = records.read(EVENTS, at, (int) Math.min(CHUNK, to - at), CHUNK_BYTES);
      slice.records().stream()
          .filter(record -> record.offset() < to)
          .map(record -> EventJson.of(record, json))
          .forEach(into);
      if (slice.nextOffset() == at) {
        return;
      }
      at = slice.nextOffset();
    }
  }

  /**
   * Hands over what there is from an offset on, without waiting.
   *
   * @return where to go on
   */
  long follow(long offset, List<EventJson> into) {
    Records.Slice slice =
        records.read(
            EVENTS,
            Math.clamp(offset, records.startOffset(EVENTS), records.endOffset(EVENTS)),
            CHUNK,
            CHUNK_BYTES);
    slice.records().forEach(record -> into.add(EventJson.of(record, json)));
    return slice.nextOffset();
  }
}
