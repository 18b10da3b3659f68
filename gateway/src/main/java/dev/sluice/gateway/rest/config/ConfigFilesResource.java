package dev.sluice.gateway.rest.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.ConfigEditor;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.ApiException.Category;
import dev.sluice.gateway.rest.Problem;
import dev.sluice.gateway.rest.config.ConfigCheckJson.ConfigPlanJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/config/files} and {@code /api/v1/config/check}. */
@Path("/api/v1/config")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Configuration")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ConfigFilesResource {

  private static final String LOOK = "GET /api/v1/config/files shows what is there now.";

  private final ConfigEditor editor;

  ConfigFilesResource(ConfigEditor editor) {
    this.editor = editor;
  }

  /** What is in force now. */
  @Schema(name = "ConfigApplied", description = "What was applied.")
  record Applied(
      @Schema(description = "Of all files together, as they are now.") String version,
      ConfigPlanJson plan) {}

  @GET
  @Path("/files")
  @Operation(
      summary = "Show the configuration's files",
      description =
          "Their texts, with **** in the place of each secret that is written there; references"
              + " such as ${env:NAME} are shown. The ETag is what a change wants.")
  @APIResponse(
      responseCode = "200",
      description = "The files",
      content = @Content(schema = @Schema(implementation = ConfigFilesJson.class)))
  public Response files() {
    try {
      ConfigFilesJson files = ConfigFilesJson.of(editor.files());
      return Response.ok(files).tag(files.version()).build();
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  @POST
  @Path("/check")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Check changed configuration files",
      description =
          "Answers all mistakes, each with its place and its cure, or what would change. Writes"
              + " nothing. Without any file it tells the same of those that are there: no mistake"
              + " and nothing to change mean that they are in force.")
  @RequestBody(content = @Content(schema = @Schema(implementation = ConfigTexts.class)))
  @APIResponse(responseCode = "200", description = "The mistakes or the plan")
  public ConfigCheckJson check(@Nullable JsonNode body) {
    try {
      return ConfigCheckJson.of(editor.check(ConfigTexts.read(body)));
    } catch (NoSuchElementException unknown) {
      throw unknownFile(unknown);
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  @PUT
  @Path("/files")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change the configuration's files",
      description =
          "Durable and in force when this answers; only what changed restarts. Refused as a whole"
              + " if there is a mistake (422), if the files have changed since (412), or if one"
              + " can't be written (409).")
  @RequestBody(content = @Content(schema = @Schema(implementation = ConfigTexts.class)))
  @APIResponse(
      responseCode = "200",
      description = "What was changed",
      content = @Content(schema = @Schema(implementation = Applied.class)))
  public Response write(
      @Parameter(description = "The version that the texts were made from.", example = "\"5f3c\"")
          @RestHeader(HttpHeaders.IF_MATCH)
          @Nullable String ifMatch,
      @Nullable JsonNode body) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw new ApiException(
          428,
          "version-required",
          Category.USER,
          "The request does not say which version the texts were made from.",
          HttpHeaders.IF_MATCH,
          "Send If-Match with the 'version' of GET /api/v1/config/files.");
    }
    String version = ifMatch.strip().replace("\"", "");
    try {
      return answer(editor.write(version, ConfigTexts.read(body)));
    } catch (NoSuchElementException unknown) {
      throw unknownFile(unknown);
    } catch (IOException failure) {
      throw notWritten("The files could not be written: " + reason(failure));
    }
  }

  private static Response answer(ConfigEditor.Written written) {
    return switch (written) {
      case ConfigEditor.Written.Applied applied ->
          Response.ok(new Applied(applied.version(), ConfigPlanJson.of(applied.plan())))
              .tag(applied.version())
              .build();
      case ConfigEditor.Written.Mistakes mistakes ->
          throw new ApiException(
              422,
              "invalid-configuration",
              Category.CONFIGURATION,
              "The configuration has "
                  + (mistakes.problems().size() == 1
                      ? "a mistake: "
                      : mistakes.problems().size() + " mistakes, the first: ")
                  + mistakes.problems().getFirst(),
              null,
              "POST /api/v1/config/check tells all of them.");
      case ConfigEditor.Written.Conflicts conflicts ->
          throw ApiException.conflict(
              "configuration-conflict",
              "It can't be done: " + String.join("; ", conflicts.conflicts()) + ".",
              "Take that out of the change.");
      case ConfigEditor.Written.Stale stale ->
          throw new ApiException(
              412,
              "version-changed",
              Category.USER,
              "The files have changed since the texts were made from them.",
              HttpHeaders.IF_MATCH,
              LOOK);
      case ConfigEditor.Written.ReadOnly readOnly ->
          throw notWritten(
              "The file '" + readOnly.file() + "' can't be written: " + readOnly.reason() + ".");
      case ConfigEditor.Written.Failed failed ->
          throw new ApiException(
              500,
              "not-applied",
              Category.INTERNAL,
              "The files are written, but could not be applied as a whole: " + failed.reason(),
              null,
              "The gateway's own log has the details; a restart applies the files.");
      case ConfigEditor.Written.Partly partly -> throw partlyWritten(partly);
    };
  }

  private static ApiException partlyWritten(ConfigEditor.Written.Partly partly) {
    String left =
        partly.left().isEmpty()
            ? "which may not outlive a crash"
            : String.join(", ", partly.left())
                + (partly.left().size() == 1 ? " is" : " are")
                + " as before";
    return new ApiException(
        500,
        "partly-written",
        Category.RESOURCE,
        "Written in part only: new now: %s; %s. The reason: %s. %s"
            .formatted(
                String.join(", ", partly.written()),
                left,
                partly.reason(),
                partly
                    .notApplied()
                    .map(reason -> "What is there now could not be applied: " + reason)
                    .orElse("What is there now is in force.")),
        null,
        "Mend the disk, then write all again. " + LOOK);
  }

  private static ApiException notWritten(String detail) {
    return ApiException.conflict(
        "not-writable", detail, "Change the file where it comes from; the gateway takes it up.");
  }

  private static ApiException unknownFile(NoSuchElementException unknown) {
    return ApiException.unknown(
        "file", "The configuration has no file '" + unknown.getMessage() + "'.", LOOK);
  }

  private static ApiException unreadable(IOException failure) {
    return new ApiException(
        503,
        "unreadable",
        Category.RESOURCE,
        "The configuration's files can't be read: " + reason(failure),
        null,
        "Look at the rights of their folder.");
  }

  private static String reason(IOException failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
