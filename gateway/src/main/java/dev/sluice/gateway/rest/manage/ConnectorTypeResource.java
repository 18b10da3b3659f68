package dev.sluice.gateway.rest.manage;

import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SinkType;
import dev.sluice.connector.SourceType;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.FormSchemas;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/connector-types}. */
@Path("/api/v1/connector-types")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Connectors", description = "Making, changing and removing connectors.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ConnectorTypeResource {

  private final ConnectorTypes types;
  private final FormSchemas schemas;

  ConnectorTypeResource(ConnectorTypes types, FormSchemas schemas) {
    this.types = types;
    this.schemas = schemas;
  }

  @GET
  @Operation(
      summary = "List connector types",
      description = "What a source or sink can be, with the JSON Schema of the options of each.")
  @APIResponse(responseCode = "200", description = "The types by name")
  public List<ManageJson.TypeJson> list() {
    return types.all().stream().map(this::describe).toList();
  }

  private ManageJson.TypeJson describe(ConnectorType type) {
    return switch (type) {
      case SourceType source -> describe(source, "source", source.preview());
      case SinkType sink -> describe(sink, "sink", null);
    };
  }

  private ManageJson.TypeJson describe(
      ConnectorType type, String kind, @Nullable PreviewSupport preview) {
    return new ManageJson.TypeJson(
        type.name(),
        kind,
        type.title(),
        type.description(),
        type.version(),
        schemas.options(kind, type.name()),
        preview instanceof PreviewSupport.Possible,
        preview == null ? null : preview.words());
  }

  @GET
  @Path("/spec-schema")
  @Operation(
      summary = "Show what can be set around a connector's options",
      description =
          "JSON Schemas, without $ref, of declarations of sources, sinks and rules: topics, key,"
              + " transforms, errors, delivery and the like. The type's options stand under"
              + " 'config'.")
  @APIResponse(responseCode = "200", description = "The schemas by kind")
  public ManageJson.SpecSchemas specSchemas() {
    return new ManageJson.SpecSchemas(
        schemas.around("source"), schemas.around("sink"), schemas.around("rule"));
  }
}
