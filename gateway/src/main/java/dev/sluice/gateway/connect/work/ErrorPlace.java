package dev.sluice.gateway.connect.work;

import dev.sluice.connector.SinkRecord;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an error concerns, where that is known. Immutable, and small however large the input is. */
public sealed interface ErrorPlace {

  /**
   * Records of a topic.
   *
   * @param partition where they are
   * @param offset the first of them
   * @param records how many were handled together when it went wrong; with 1 it is this record
   */
  record InTopic(TopicPartition partition, long offset, int records) implements ErrorPlace {}

  /**
   * A place outside of the log, as the source names it.
   *
   * @param names such as a file and a line
   */
  record Outside(Map<String, String> names) implements ErrorPlace {

    private static final int MAX_NAMES = 16;
    private static final int MAX_CHARS = 256;

    /** Copies as much as people can look at. */
    public Outside {
      Map<String, String> kept = new LinkedHashMap<>();
      names.entrySet().stream()
          .limit(MAX_NAMES)
          .forEach(entry -> kept.put(cut(entry.getKey()), cut(entry.getValue())));
      names = Collections.unmodifiableMap(kept);
    }

    private static String cut(String text) {
      return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
    }
  }

  /** Records that a sink was to put, at least one. */
  static ErrorPlace of(List<SinkRecord> records) {
    SinkRecord first = records.getFirst();
    return new InTopic(
        new TopicPartition(first.topic(), first.partition()), first.offset(), records.size());
  }

  /** A record as it is stored. */
  static ErrorPlace of(StoredRecord stored) {
    return new InTopic(stored.topicPartition(), stored.offset(), 1);
  }
}
