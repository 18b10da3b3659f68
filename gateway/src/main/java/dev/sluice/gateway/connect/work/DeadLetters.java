package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Header;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ErrorPolicy;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: the whole original record with its headers, and headers that say what went
 * wrong. Names and meaning of the {@code __connect.errors.*} headers are Kafka Connect's (KIP-298),
 * so that its tools understand them; {@code __sluice.*} are ours. No header holds a secret of the
 * connector. Thread-safe.
 */
final class DeadLetters {

  private static final String CONNECT = "__connect.errors.";
  private static final int MAX_TRACE_CHARS = 8_192;

  /** What is kept of a value that the log refuses as too large. */
  private static final int MAX_CUT_BYTES = 64 * 1024;

  private final ConnectorSpec spec;
  private final int taskNumber;
  private final ErrorPolicy policy;
  private final Listener listener;
  private final InstantSource clock;

  /** Hears of each dead letter. */
  @FunctionalInterface
  interface Listener {

    /** As {@link TaskMonitor#refused}. */
    void refused(ConnectorException error, String trace, ErrorPlace place);
  }

  /** Dead letters of a task, whose monitor hears of each. */
  DeadLetters(Job job) {
    this(job.spec(), job.taskNumber(), job.monitor()::refused, job.clock());
  }

  DeadLetters(ConnectorSpec spec, int taskNumber, Listener listener, InstantSource clock) {
    this.spec = spec;
    this.taskNumber = taskNumber;
    this.policy = spec.errors();
    this.listener = listener;
    this.clock = clock;
  }

  /** Where dead letters go. */
  String topic() {
    return policy.deadLetterTopic();
  }

  /**
   * A dead letter.
   *
   * @param original the record as it was read
   * @param from where it was read at first, or null if not from a topic
   * @param place more about where it stood
   * @throws RefusedException if refused records are to fail the task
   */
  NewRecord letter(
      NewRecord original,
      @Nullable Provenance from,
      ConnectorException error,
      Stage stage,
      Map<String, String> place) {
    Passage.@Nullable Origin origin = from == null ? null : from.origin();
    ErrorPlace concerned = concerned(origin, place);
    if (policy.then() == ErrorPolicy.Then.FAIL) {
      throw new RefusedException(
          error, concerned, origin == null ? place.toString() : where(origin));
    }
    String trace = spec.options().covered(Errors.trace(error, MAX_TRACE_CHARS));
    listener.refused(error, trace, concerned);
    List<Header> headers = new ArrayList<>(original.headers());
    if (origin != null) {
      headers.add(Header.of(CONNECT + "topic", origin.topic()));
      headers.add(Header.of(CONNECT + "partition", Integer.toString(origin.partition())));
      headers.add(Header.of(CONNECT + "offset", Long.toString(origin.offset())));
    }
    headers.add(Header.of(CONNECT + "connector.name", spec.name()));
    headers.add(Header.of(CONNECT + "task.id", Integer.toString(taskNumber)));
    headers.add(Header.of(CONNECT + "stage", stage.name()));
    describe(error, trace, headers);
    headers.add(Header.of("__sluice.errors.time", clock.instant().toString()));
    if (from != null && from.redeliveries() > 0) {
      headers.add(Header.of("__sluice.errors.redeliveries", Integer.toString(from.redeliveries())));
    }
    place.forEach((name, value) -> headers.add(Header.of("__sluice.place." + name, value)));
    return new NewRecord(original.timestampMillis(), original.key(), original.value(), headers);
  }

  private static ErrorPlace concerned(Passage.@Nullable Origin origin, Map<String, String> place) {
    return origin == null
        ? new ErrorPlace.Outside(place)
        : new ErrorPlace.InTopic(
            new TopicPartition(origin.topic(), origin.partition()), origin.offset(), 1);
  }

  private void describe(ConnectorException error, String trace, List<Header> headers) {
    Throwable cause = error.getCause() == null ? error : error.getCause();
    StackTraceElement[] frames = cause.getStackTrace();
    headers.add(
        Header.of(
            CONNECT + "class.name",
            frames.length == 0 ? cause.getClass().getName() : frames[0].getClassName()));
    headers.add(Header.of(CONNECT + "exception.class.name", cause.getClass().getName()));
    headers.add(Header.of(CONNECT + "exception.message", spec.options().covered(error.message())));
    headers.add(Header.of(CONNECT + "exception.stacktrace", trace));
    headers.add(Header.of("__sluice.errors.code", error.code()));
    headers.add(
        Header.of("__sluice.errors.category", error.category().name().toLowerCase(Locale.ROOT)));
    error
        .suggestion()
        .map(spec.options()::covered)
        .ifPresent(cure -> headers.add(Header.of("__sluice.errors.suggestion", cure)));
  }

  /**
   * A dead letter for one that is itself too large for the log: the start of its value, and its
   * real size.
   */
  static NewRecord cut(NewRecord letter) {
    byte[] value = letter.value() == null ? new byte[0] : letter.value();
    List<Header> headers = new ArrayList<>();
    for (Header header : letter.headers()) {
      if (header.key().startsWith("__connect.") || header.key().startsWith("__sluice.")) {
        headers.add(header);
      }
    }
    headers.add(Header.of("__sluice.cut.value.bytes", Integer.toString(value.length)));
    byte[] key = letter.key();
    return new NewRecord(
        letter.timestampMillis(),
        key == null || key.length <= MAX_CUT_BYTES ? key : Arrays.copyOf(key, MAX_CUT_BYTES),
        Arrays.copyOf(value, Math.min(value.length, MAX_CUT_BYTES)),
        headers);
  }

  private static String where(Passage.Origin origin) {
    return origin.topic() + "-" + origin.partition() + "@" + origin.offset();
  }

  /** A refused record under a policy that fails the task for it. */
  static final class RefusedException extends PlacedException {

    private static final long serialVersionUID = 1L;

    RefusedException(ConnectorException error, ErrorPlace place, String where) {
      super(
          error,
          place,
          error.message() + " At " + where + ".",
          "Mend the record or the configuration and restart the task, or set"
              + " 'errors.then: dead-letter' to set such records aside.");
    }
  }
}
