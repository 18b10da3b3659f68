package dev.sluice.gateway.rest.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.config.ConnectorSpec;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a trial failed. */
@Schema(description = "Why a trial failed, and what to do about it.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrialError(
    @Schema(description = "A stable name for programs.", examples = "login-refused") String code,
    @Schema(
            description = "Who can mend it: configuration, data, external, resource or internal.",
            examples = "configuration")
        String category,
    @Schema(examples = "The database localhost:5432/shop refuses the login of user 'shop'.")
        String message,
    @Schema(examples = "Check the options 'user' and 'password'.") @Nullable String suggestion) {

  /** Secrets of the spec that connector code has let through are covered. */
  static TrialError of(ConnectorException error, ConnectorSpec spec) {
    return new TrialError(
        error.code(),
        error.category().name().toLowerCase(Locale.ROOT),
        spec.options().covered(error.message()),
        error.suggestion().map(spec.options()::covered).orElse(null));
  }
}
