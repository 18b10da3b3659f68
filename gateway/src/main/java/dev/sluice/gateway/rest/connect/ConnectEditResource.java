package dev.sluice.gateway.rest.connect;

import dev.sluice.gateway.manage.ChangeResult;
import dev.sluice.gateway.manage.ConnectorManager;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownConnectors;
import dev.sluice.gateway.rest.Problem;
import dev.sluice.gateway.rest.manage.Refusals;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect's API for making, changing and removing connectors. What the configuration file
 * declares is refused.
 */
@Path("/connectors")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Kafka Connect")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ConnectEditResource {

  private final ConnectorManager manager;
  private final KnownConnectors known;
  private final FlatSpec specs;

  ConnectEditResource(ConnectorManager manager, KnownConnectors known, FlatSpec specs) {
    this.manager = manager;
    this.known = known;
    this.specs = specs;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make a connector",
      description = "Settings by dotted name, as GET /connectors/{connector}/config shows them.")
  @APIResponse(
      responseCode = "201",
      description = "It was made",
      content = @Content(schema = @Schema(implementation = ConnectJson.Info.class)))
  public Response create(ConnectJson.@Nullable Wanted wanted) {
    if (wanted == null || wanted.name() == null || wanted.config() == null) {
      throw ApiException.invalid(
          "/config", "'name' or 'config' is missing.", "Send {\"name\", \"config\"}.");
    }
    String initial = wanted.initialState();
    if (initial != null && !initial.equals("RUNNING")) {
      throw ApiException.invalid(
          "/initial_state",
          "A connector is made to run; '" + initial + "' is not offered.",
          "Leave it out, and PUT /connectors/{connector}/stop or pause afterwards.");
    }
    String name = wanted.name();
    return answer(name, manager.create(name, specs.of(name, wanted.config())));
  }

  @PUT
  @Path("/{connector}/config")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make or change a connector",
      description = "Settings by dotted name; those before are replaced as a whole.")
  @APIResponse(
      responseCode = "200",
      description = "It was there, and is so now",
      content = @Content(schema = @Schema(implementation = ConnectJson.Info.class)))
  @APIResponse(
      responseCode = "201",
      description = "It was made",
      content = @Content(schema = @Schema(implementation = ConnectJson.Info.class)))
  public Response change(
      @RestPath String connector, @Nullable Map<String, @Nullable String> config) {
    return answer(connector, manager.put(connector, specs.of(connector, required(config))));
  }

  @PATCH
  @Path("/{connector}/config")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change some of a connector's settings",
      description = "By dotted name; one that is null is taken away (KIP-477).")
  @APIResponse(
      responseCode = "200",
      description = "It is so now",
      content = @Content(schema = @Schema(implementation = ConnectJson.Info.class)))
  public Response patch(
      @RestPath String connector, @Nullable Map<String, @Nullable String> changes) {
    Map<String, @Nullable String> wanted = required(changes);
    return answer(
        connector, manager.change(connector, stored -> specs.changed(connector, stored, wanted)));
  }

  private static Map<String, @Nullable String> required(
      @Nullable Map<String, @Nullable String> config) {
    if (config == null) {
      throw ApiException.invalid("/", "The body is empty.", "Send an object of settings.");
    }
    return config;
  }

  private Response answer(String name, ChangeResult result) {
    return switch (result) {
      case ChangeResult.Created created ->
          Response.created(URI.create("/connectors/" + created.spec().name()))
              .entity(ConnectJson.Info.of(known.require(name)))
              .build();
      case ChangeResult.Changed changed ->
          Response.ok(ConnectJson.Info.of(known.require(name))).build();
      case ChangeResult refused -> throw Refusals.of(refused);
    };
  }

  @DELETE
  @Path("/{connector}")
  @Operation(
      summary = "Delete a connector",
      description =
          "With its secrets; where it stood stays. DELETE /api/v1/connectors/{connector} can"
              + " forget that, too.")
  @APIResponse(responseCode = "204", description = "It is gone")
  public void delete(@RestPath String connector) {
    ChangeResult result = manager.remove(connector, false);
    if (!(result instanceof ChangeResult.Removed)) {
      throw Refusals.of(result);
    }
  }
}
