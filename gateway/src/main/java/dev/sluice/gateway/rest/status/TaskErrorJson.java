package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.work.ErrorPlace;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a connector or task stands still or stumbles. */
@Schema(name = "ConnectorError", description = "Why a connector stands still or stumbles.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskErrorJson(
    @Schema(examples = "connection-refused") String code,
    @Schema(
            description = "Who can mend it: configuration, data, external, resource or internal.",
            examples = "external")
        String category,
    @Schema(examples = "localhost:5432 refuses connections.") String message,
    @Schema(description = "What to do.", examples = "Start the database, or correct 'url'.")
        @Nullable String suggestion,
    @Schema(description = "The record that it concerns, if it is known and in a topic.")
        @Nullable ConcernedRecord concerned,
    @Schema(description = "The place that it concerns, as the source names it, if it is known.")
        @Nullable Map<String, String> place,
    @Schema(
            description =
                "How many attempts have failed in a row; 0 for a record that was set aside.",
            examples = "3")
        int attempts,
    @Schema(description = "When it is tried again; absent when it is not.")
        @Nullable Instant nextAttempt) {

  /** Where in the log. */
  @Schema(description = "A record that an error concerns, or the first of several.")
  record ConcernedRecord(
      @Schema(examples = "orders") String topic,
      @Schema(examples = "0") int partition,
      @Schema(examples = "42") long offset,
      @Schema(
              description = "How many were handled together when it went wrong; with 1, this one.",
              examples = "1")
          int records) {

    static ConcernedRecord of(ErrorPlace.InTopic place) {
      return new ConcernedRecord(
          place.partition().topic(),
          place.partition().partition(),
          place.offset(),
          place.records());
    }
  }

  static @Nullable TaskErrorJson of(@Nullable TaskError error) {
    return error == null
        ? null
        : new TaskErrorJson(
            error.code(),
            error.category().toLowerCase(Locale.ROOT),
            error.message(),
            error.suggestion(),
            error.place() instanceof ErrorPlace.InTopic records
                ? ConcernedRecord.of(records)
                : null,
            error.place() instanceof ErrorPlace.Outside outside && !outside.names().isEmpty()
                ? outside.names()
                : null,
            error.attempts(),
            error.nextAttempt());
  }
}
