package dev.sluice.gateway.rest.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.connector.Header;
import dev.sluice.gateway.log.StoredRecord;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A record as it is answered. */
@Schema(name = "Record", description = "A record.")
public record RecordJson(
    @Schema(examples = "0") int partition,
    @Schema(description = "Its place in the partition.", examples = "41") long offset,
    @Schema(description = "Milliseconds since the epoch.", examples = "1767225600000")
        long timestamp,
    @Schema(
            description = "JSON if it is JSON, else text, else base64; null if there is none.",
            examples = "\"4711\"")
        @Nullable Object key,
    @Schema(description = "base64 if the key is; else absent.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String keyEncoding,
    @Schema(
            description = "JSON if it is JSON, else text, else base64; null for a tombstone.",
            examples = "{\"id\": 4711, \"total\": 9.5}")
        @Nullable Object value,
    @Schema(description = "base64 if the value is; else absent.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String encoding,
    @Schema(description = "Headers in order; names may repeat.") List<HeaderJson> headers) {

  /** A header as it is answered. */
  @Schema(name = "Header", description = "A record header.")
  public record HeaderJson(
      @Schema(examples = "trace") String key,
      @Schema(description = "As a record's value.", examples = "abc") @Nullable Object value,
      @Schema(description = "base64 if the value is; else absent.")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String encoding) {

    /** A header as it is answered. */
    public static HeaderJson of(Header header) {
      return of(header, Payload.of(header.value()));
    }

    private static HeaderJson of(Header header, Payload value) {
      return new HeaderJson(header.key(), value.json(), value.encoding());
    }
  }

  static RecordJson of(StoredRecord record) {
    return of(record, Payload::of);
  }

  /** JSON as the text that is stored. */
  static RecordJson asText(StoredRecord record) {
    return of(record, Payload::text);
  }

  private static RecordJson of(StoredRecord record, Function<byte @Nullable [], Payload> form) {
    Payload key = form.apply(record.key());
    Payload value = form.apply(record.value());
    return new RecordJson(
        record.topicPartition().partition(),
        record.offset(),
        record.timestampMillis(),
        key.json(),
        key.encoding(),
        value.json(),
        value.encoding(),
        record.headers().stream()
            .map(header -> HeaderJson.of(header, form.apply(header.value())))
            .toList());
  }
}
