package dev.sluice.gateway.rest.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.connector.Header;
import dev.sluice.gateway.log.StoredRecord;
import java.util.List;
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
      Payload payload = Payload.of(header.value());
      return new HeaderJson(header.key(), payload.json(), payload.encoding());
    }
  }

  static RecordJson of(StoredRecord record) {
    Payload key = Payload.of(record.key());
    Payload value = Payload.of(record.value());
    return new RecordJson(
        record.topicPartition().partition(),
        record.offset(),
        record.timestampMillis(),
        key.json(),
        key.encoding(),
        value.json(),
        value.encoding(),
        record.headers().stream().map(HeaderJson::of).toList());
  }
}
