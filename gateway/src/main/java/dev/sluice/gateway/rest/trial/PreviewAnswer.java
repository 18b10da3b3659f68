package dev.sluice.gateway.rest.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.trial.PreviewResult;
import dev.sluice.gateway.connect.work.SourcePreview.Previewed;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.rest.record.Payload;
import dev.sluice.gateway.rest.record.RecordJson.HeaderJson;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A preview as it is answered. */
@Schema(name = "Preview", description = "The first records that a source would produce.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PreviewAnswer(
    @Schema(description = "In the order in which they came.") List<PreviewedJson> records,
    @Schema(description = "How many more records transforms have dropped.") long dropped,
    @Schema(
            description = "Why it ended.",
            enumeration = {"enough", "quiet", "time-up", "failed"},
            examples = "enough")
        String end,
    @Schema(
            description = "Which records these are.",
            examples = "Shows the rows that the first poll would bring.")
        String shows,
    @Schema(description = "Why it failed; absent if it did not.") @Nullable TrialError error,
    @Schema(description = "How long it took, in milliseconds.") long tookMillis) {

  /** A record that is not stored. */
  @Schema(name = "PreviewedRecord", description = "A record as it would be stored.")
  record PreviewedJson(
      @Schema(description = "Where it would go.", examples = "shop.orders") String topic,
      @Schema(description = "Whether it is a dead letter.") boolean rejected,
      @Schema(description = "Milliseconds since the epoch.", examples = "1767225600000")
          long timestamp,
      @Schema(description = "JSON if it is JSON, else text, else base64; null if there is none.")
          @Nullable Object key,
      @Schema(description = "base64 if the key is; else absent.")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String keyEncoding,
      @Schema(description = "JSON if it is JSON, else text, else base64; null for a tombstone.")
          @Nullable Object value,
      @Schema(description = "base64 if the value is; else absent.")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String encoding,
      @Schema(description = "Headers in order; names may repeat.") List<HeaderJson> headers) {

    static PreviewedJson of(Previewed previewed) {
      NewRecord shown = previewed.record();
      Payload key = Payload.of(shown.key());
      Payload value = Payload.of(shown.value());
      return new PreviewedJson(
          previewed.topic(),
          previewed.rejected(),
          shown.timestampMillis(),
          key.json(),
          key.encoding(),
          value.json(),
          value.encoding(),
          shown.headers().stream().map(HeaderJson::of).toList());
    }
  }

  static PreviewAnswer of(PreviewResult result, ConnectorSpec spec) {
    ConnectorException error = result.error();
    return new PreviewAnswer(
        result.seen().records().stream().map(PreviewedJson::of).toList(),
        result.seen().dropped(),
        result.end().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        result.shows(),
        error == null ? null : TrialError.of(error, spec),
        result.took().toMillis());
  }
}
