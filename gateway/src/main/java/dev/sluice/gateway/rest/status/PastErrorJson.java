package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.gateway.connect.PastError;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something that went wrong with a connector. */
@Schema(name = "PastError", description = "Something that went wrong with a connector.")
record PastErrorJson(
    @Schema(description = "The task's number.", examples = "0") int task,
    @Schema(description = "When it went wrong first.") Instant since,
    @Schema(description = "When it went wrong last, of a failure that was repeated.") Instant at,
    @Schema(description = "Whether a record was set aside; else the task stumbled or stood still.")
        boolean setAside,
    @JsonUnwrapped TaskErrorJson error,
    @Schema(description = "The stack trace, cut off and without secrets.") String trace) {

  static PastErrorJson of(PastError past) {
    return new PastErrorJson(
        past.task(),
        past.since(),
        past.at(),
        past.setAside(),
        Objects.requireNonNull(TaskErrorJson.of(past.error())),
        past.error().trace());
  }
}
