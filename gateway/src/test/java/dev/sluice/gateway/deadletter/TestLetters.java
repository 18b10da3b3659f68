package dev.sluice.gateway.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.connector.Header;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Dead letters as connectors write them. */
public final class TestLetters {

  private TestLetters() {}

  /** The letters of a log, by the system's clock. */
  public static Letters open(Topics topics, Records records, Connectors all, Events events) {
    return new Letters(topics, records, all, events);
  }

  /** Headers as {@code name=text}. */
  public static List<String> texts(List<Header> headers) {
    return headers.stream()
        .map(
            header ->
                header.key() + "=" + new String(Objects.requireNonNull(header.value()), UTF_8))
        .toList();
  }

  /** A letter of a sink or rule. */
  public static NewRecord ofSink(
      String connector, String topic, long offset, String code, String value, Instant time) {
    List<Header> headers = new ArrayList<>();
    headers.add(Header.of("own", "kept"));
    headers.add(Header.of("__connect.errors.topic", topic));
    headers.add(Header.of("__connect.errors.partition", "0"));
    headers.add(Header.of("__connect.errors.offset", Long.toString(offset)));
    headers.addAll(common(connector, code, time, "TASK_PUT"));
    return new NewRecord(5, "key".getBytes(UTF_8), value.getBytes(UTF_8), headers);
  }

  /** A letter of a source. */
  public static NewRecord ofSource(
      String connector, String code, String value, Map<String, String> place, Instant time) {
    return at("TASK_POLL", connector, code, value, place, time);
  }

  /** A letter of a source that failed at a stage of its way. */
  public static NewRecord at(
      String stage,
      String connector,
      String code,
      String value,
      Map<String, String> place,
      Instant time) {
    List<Header> headers = new ArrayList<>(common(connector, code, time, stage));
    place.forEach((name, text) -> headers.add(Header.of("__sluice.place." + name, text)));
    return new NewRecord(5, null, value.getBytes(UTF_8), headers);
  }

  private static List<Header> common(String connector, String code, Instant time, String stage) {
    return List.of(
        Header.of("__connect.errors.connector.name", connector),
        Header.of("__connect.errors.task.id", "0"),
        Header.of("__connect.errors.stage", stage),
        Header.of("__connect.errors.exception.class.name", "java.lang.IllegalStateException"),
        Header.of("__connect.errors.exception.message", "The record is refused: " + code + "."),
        Header.of("__connect.errors.exception.stacktrace", "java.lang.IllegalStateException"),
        Header.of("__sluice.errors.code", code),
        Header.of("__sluice.errors.category", "data"),
        Header.of("__sluice.errors.time", time.toString()));
  }
}
