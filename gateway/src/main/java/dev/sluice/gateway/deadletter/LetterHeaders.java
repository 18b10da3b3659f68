package dev.sluice.gateway.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.connector.Header;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.StoredRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers that make a record a dead letter (ADR 4): Kafka Connect's (KIP-298) and ours.
 * They stand behind the record's own, in one piece that begins with the origin or, without one,
 * with the connector's name; so the record's own are told from them even if it was a letter itself.
 */
final class LetterHeaders {

  /** Behind which offset reading goes on, of what can't be decoded. */
  static final String NEXT_OFFSET = "next-offset";

  private static final String CONNECT = "__connect.errors.";
  private static final String OURS = "__sluice.errors.";
  private static final String PLACE = "__sluice.place.";
  private static final String CUT = "__sluice.cut.value.bytes";
  private static final String CONNECTOR = CONNECT + "connector.name";
  private static final String TOPIC = CONNECT + "topic";

  private final Map<String, String> told = new LinkedHashMap<>();

  private LetterHeaders(List<Header> headers) {
    for (Header header : headers) {
      byte[] value = header.value();
      if (value != null) {
        told.put(header.key(), new String(value, UTF_8));
      }
    }
  }

  /** The letter that the record is; empty if it is none. */
  static Optional<Letter> letter(StoredRecord stored) {
    int begin = begin(stored.headers());
    if (begin < 0) {
      return Optional.empty();
    }
    List<Header> own = stored.headers().subList(0, begin);
    LetterHeaders headers =
        new LetterHeaders(stored.headers().subList(begin, stored.headers().size()));
    return Optional.of(
        new Letter(
            new LetterId(stored.topicPartition().partition(), stored.offset()),
            headers.failure(),
            headers.get(CONNECTOR, ""),
            headers.origin(),
            headers.place(),
            (int) headers.number(OURS + "redeliveries", 0),
            headers.told.containsKey(CUT) ? headers.number(CUT, 0) : null,
            new NewRecord(stored.timestampMillis(), stored.key(), stored.value(), own)));
  }

  /** Where the headers begin that were added last; negative if there are none. */
  private static int begin(List<Header> headers) {
    int connector = last(headers, CONNECTOR, headers.size());
    if (connector < 0) {
      return -1;
    }
    int topic = last(headers, TOPIC, connector);
    return topic >= 0 && topic == connector - 3 ? topic : connector;
  }

  private static int last(List<Header> headers, String name, int before) {
    for (int i = before - 1; i >= 0; i--) {
      if (headers.get(i).key().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private Letter.Failure failure() {
    String exception = told.get(CONNECT + "exception.class.name");
    return new Letter.Failure(
        get(OURS + "code", exception == null ? "unknown" : exception),
        told.get(OURS + "category"),
        get(CONNECT + "exception.message", ""),
        told.get(OURS + "suggestion"),
        told.get(CONNECT + "stage"),
        exception,
        told.get(CONNECT + "exception.stacktrace"),
        time());
  }

  private @Nullable Instant time() {
    String text = told.get(OURS + "time");
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException foreign) {
      return null; // Another program's header of this name; the letter is as good without a time.
    }
  }

  private Passage.@Nullable Origin origin() {
    String topic = told.get(TOPIC);
    long partition = number(CONNECT + "partition", -1);
    long offset = number(CONNECT + "offset", -1);
    return topic == null || partition < 0 || partition > Integer.MAX_VALUE || offset < 0
        ? null
        : new Passage.Origin(topic, (int) partition, offset);
  }

  private Map<String, String> place() {
    Map<String, String> place = new LinkedHashMap<>();
    told.forEach(
        (name, value) -> {
          if (name.startsWith(PLACE)) {
            place.put(name.substring(PLACE.length()), value);
          }
        });
    return place;
  }

  private String get(String name, String otherwise) {
    return told.getOrDefault(name, otherwise);
  }

  private long number(String name, long otherwise) {
    String text = told.get(name);
    return text == null || !text.matches("[0-9]{1,18}") ? otherwise : Long.parseLong(text);
  }
}
