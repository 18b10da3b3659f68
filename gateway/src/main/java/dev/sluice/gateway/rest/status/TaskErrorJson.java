package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import java.time.Instant;
import java.util.Locale;
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
    @Schema(description = "How many attempts have failed in a row.", examples = "3") int attempts,
    @Schema(description = "When it is tried again; absent when it is not.")
        @Nullable Instant nextAttempt) {

  static @Nullable TaskErrorJson of(@Nullable TaskError error) {
    return error == null
        ? null
        : new TaskErrorJson(
            error.code(),
            error.category().toLowerCase(Locale.ROOT),
            error.message(),
            error.suggestion(),
            error.attempts(),
            error.nextAttempt());
  }
}
