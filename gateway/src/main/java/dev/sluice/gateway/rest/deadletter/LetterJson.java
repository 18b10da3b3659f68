package dev.sluice.gateway.rest.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.deadletter.Destination;
import dev.sluice.gateway.deadletter.Letter;
import dev.sluice.gateway.deadletter.Mark;
import dev.sluice.gateway.deadletter.MarkedLetter;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.rest.record.Payload;
import dev.sluice.gateway.rest.record.RecordJson.HeaderJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dead letter as it is answered. */
@Schema(name = "DeadLetter", description = "A record that was set aside, and why.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LetterJson(
    @Schema(description = "Its place: partition and offset.", examples = "0:12") String id,
    @Schema(examples = "0") int partition,
    @Schema(examples = "12") long offset,
    @Schema(description = "Who set it aside.", examples = "warehouse") String connector,
    ErrorJson error,
    @Schema(description = "The record that it is; absent if it never was in a topic.")
        @Nullable OriginJson origin,
    @Schema(description = "What else is known of where it stood, such as file and line.")
        Map<String, String> place,
    @Schema(description = "How often it had been sent again before.", examples = "0")
        int redeliveries,
    @Schema(description = "The size of its value, if only the start of it was kept.")
        @Nullable Long cutBytes,
    DestinationJson destination,
    @Schema(description = "What was done with it; absent if nothing was.") @Nullable DoneJson done,
    @Schema(
            description = "The record's own time, in milliseconds since the epoch.",
            examples = "1767225600000")
        long timestamp,
    @Schema(
            description = "JSON if it is JSON, else text, else base64; null if there is none.",
            examples = "\"4711\"")
        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Nullable Object key,
    @Schema(description = "base64 if the key is; else absent.") @Nullable String keyEncoding,
    @Schema(
            description = "JSON if it is JSON, else text, else base64; null for a tombstone.",
            examples = "{\"id\": 4711, \"total\": \"nine\"}")
        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Nullable Object value,
    @Schema(description = "base64 if the value is; else absent.") @Nullable String encoding,
    @Schema(description = "The record's own headers, without those that make it a letter.")
        List<HeaderJson> headers) {

  /** What was wrong. */
  @Schema(name = "DeadLetterError", description = "What was wrong with the record.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ErrorJson(
      @Schema(examples = "value-not-json") String code,
      @Schema(description = "Who can mend it, if that was written down.", examples = "data")
          @Nullable String category,
      @Schema(examples = "The value is not JSON.") String message,
      @Schema(description = "What to do, if there is something to say.")
          @Nullable String suggestion,
      @Schema(description = "Where on its way it failed.", examples = "TASK_PUT")
          @Nullable String stage,
      @Nullable String exception,
      @Schema(description = "The stack trace, cut.") @Nullable String trace,
      @Schema(description = "When it was set aside, if that was written down.")
          @Nullable Instant time) {

    static ErrorJson of(Letter.Failure error) {
      return new ErrorJson(
          error.code(),
          error.category(),
          error.message(),
          error.suggestion(),
          error.stage(),
          error.exception(),
          error.trace(),
          error.time());
    }
  }

  /** Where a record stood. */
  @Schema(name = "DeadLetterOrigin", description = "Where the record stood.")
  record OriginJson(
      @Schema(examples = "orders") String topic,
      @Schema(examples = "0") int partition,
      @Schema(examples = "41") long offset) {}

  /** Where it goes. */
  @Schema(
      name = "DeadLetterDestination",
      description = "Where the letter goes if it is sent to where it came from.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DestinationJson(
      @Schema(
              description =
                  "connector: that sink or rule, and no other reader of its topic. topic: that"
                      + " topic, for all who read it. none: it can't be sent as it is.",
              examples = "connector")
          String kind,
      @Schema(description = "The connector, or the topic or its template.", examples = "warehouse")
          @Nullable String name,
      @Schema(description = "Why it can't be sent as it is.") @Nullable String code,
      @Nullable String reason,
      @Nullable String suggestion) {

    static DestinationJson of(Destination destination) {
      return switch (destination) {
        case Destination.Connector to ->
            new DestinationJson("connector", to.connector(), null, null, null);
        case Destination.Topic to -> new DestinationJson("topic", to.topic(), null, null, null);
        case Destination.Nowhere no ->
            new DestinationJson("none", null, no.code(), no.reason(), no.suggestion());
      };
    }
  }

  /** What was done. */
  @Schema(name = "DeadLetterDone", description = "What was done with the letter.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DoneJson(
      @Schema(description = "sent or discarded.", examples = "sent") String act,
      @Schema(description = "When the job began that did it.") Instant time,
      @Schema(description = "The connector or topic that it was sent to.", examples = "warehouse")
          @Nullable String to) {

    static @Nullable DoneJson of(@Nullable Mark mark) {
      return mark == null
          ? null
          : new DoneJson(Words.of(mark.act()), mark.at(), mark.to().isEmpty() ? null : mark.to());
    }
  }

  static LetterJson of(MarkedLetter marked, Destination destination) {
    NewRecord original = marked.letter().original();
    return of(marked, destination, Payload.of(original.key()), Payload.of(original.value()));
  }

  /** With JSON as text, exactly as it is stored. */
  static LetterJson asText(MarkedLetter marked, Destination destination) {
    NewRecord original = marked.letter().original();
    return of(marked, destination, Payload.text(original.key()), Payload.text(original.value()));
  }

  private static LetterJson of(
      MarkedLetter marked, Destination destination, Payload key, Payload value) {
    Letter letter = marked.letter();
    NewRecord original = letter.original();
    var origin = letter.origin();
    return new LetterJson(
        letter.id().toString(),
        letter.id().partition(),
        letter.id().offset(),
        letter.connector(),
        ErrorJson.of(letter.error()),
        origin == null ? null : new OriginJson(origin.topic(), origin.partition(), origin.offset()),
        letter.place(),
        letter.redeliveries(),
        letter.cutBytes(),
        DestinationJson.of(destination),
        DoneJson.of(marked.mark()),
        original.timestampMillis(),
        key.json(),
        key.encoding(),
        value.json(),
        value.encoding(),
        original.headers().stream().map(HeaderJson::of).toList());
  }
}
