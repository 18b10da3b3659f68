package dev.sluice.gateway.rest.trial;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.trial.Trials;
import dev.sluice.gateway.connect.trial.TrialsBusyException;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.Problem;
import dev.sluice.gateway.rest.trial.DraftReader.Mistake;
import dev.sluice.gateway.rest.trial.DraftReader.Read;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/connectors/test} and {@code …/preview}. */
@Path("/api/v1/connectors")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Trials", description = "What can be tried before a connector is made.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class TrialResource {

  private static final int DEFAULT_RECORDS = 10;

  private final Trials trials;
  private final DraftReader drafts;

  TrialResource(Trials trials, DraftReader drafts) {
    this.trials = trials;
    this.drafts = drafts;
  }

  @POST
  @Path("/test")
  @Operation(
      summary = "Test what a connector connects to",
      description =
          "Connects, looks and lets go, within ten seconds; changes nothing. The connector need not"
              + " exist. Two tests and previews are carried out at a time.")
  @APIResponse(responseCode = "200", description = "What was found, or why it failed")
  public TestAnswer test(@Nullable Draft draft) throws InterruptedException {
    ConnectorSpec spec = spec(draft);
    try {
      return TestAnswer.of(trials.test(spec), spec);
    } catch (TrialsBusyException busy) {
      throw busy(busy);
    }
  }

  @POST
  @Path("/preview")
  @Operation(
      summary = "Show the first records that a source would produce",
      description =
          "As they would be stored, within ten seconds. Nothing is stored, acknowledged or changed"
              + " outside. The connector need not exist; if it does, it runs on undisturbed."
              + " GET /api/v1/connector-types tells which types can be previewed.")
  @APIResponse(responseCode = "200", description = "The records, and why there are no more")
  public PreviewAnswer preview(@Nullable Draft draft) throws InterruptedException {
    int limit = draft == null || draft.limit() == null ? DEFAULT_RECORDS : draft.limit();
    if (limit < 1 || limit > Trials.MAX_RECORDS) {
      throw ApiException.invalid(
          "/limit",
          "A preview is of 1 to " + Trials.MAX_RECORDS + " records.",
          "Leave 'limit' out, or choose another one.");
    }
    ConnectorSpec spec = spec(draft);
    try {
      return PreviewAnswer.of(trials.preview(spec, limit), spec);
    } catch (TrialsBusyException busy) {
      throw busy(busy);
    }
  }

  private ConnectorSpec spec(@Nullable Draft draft) {
    if (draft == null || draft.name() == null || draft.name().isBlank()) {
      throw ApiException.invalid("/name", "The name is missing.", "Send {\"name\", \"spec\"}.");
    }
    if (draft.spec() == null || !draft.spec().isObject()) {
      throw ApiException.invalid(
          "/spec", "The declaration is missing.", "Send what would stand under the name.");
    }
    return switch (drafts.read(draft.name(), draft.spec())) {
      case Read.Right right -> right.spec();
      case Read.Wrong wrong -> throw mistaken(wrong);
    };
  }

  private static ApiException mistaken(Read.Wrong wrong) {
    Mistake first = wrong.mistakes().getFirst();
    int more = wrong.mistakes().size() - 1;
    return new ApiException(
        400,
        "declaration-invalid",
        ApiException.Category.CONFIGURATION,
        more == 0 ? first.message() : first.message() + " (and " + more + " more)",
        "/spec" + first.path(),
        first.suggestion().isEmpty()
            ? "POST /api/v1/connectors/check tells all that is wrong."
            : first.suggestion());
  }

  private static ApiException busy(TrialsBusyException busy) {
    return new ApiException(
        503,
        "too-many-trials",
        ApiException.Category.RESOURCE,
        String.valueOf(busy.getMessage()),
        null,
        "Try again in a few seconds.");
  }
}
