package dev.sluice.gateway.rest.connect;

import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.rest.KnownConnectors;
import dev.sluice.gateway.rest.Parameters;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Kafka Connect's API for steering connectors. What is wanted survives a restart. */
@Path("/connectors/{connector}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Kafka Connect")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ConnectControlResource {

  private final Connectors connectors;
  private final KnownConnectors known;
  private final Worker worker;

  ConnectControlResource(Connectors connectors, KnownConnectors known, Worker worker) {
    this.connectors = connectors;
    this.known = known;
    this.worker = worker;
  }

  @PUT
  @Path("/pause")
  @Operation(summary = "Pause a connector", description = "It keeps its connections.")
  @APIResponse(responseCode = "202", description = "It will pause")
  public Response pause(@RestPath String connector) {
    return want(connector, TargetState.PAUSED, Response.Status.ACCEPTED);
  }

  @PUT
  @Path("/resume")
  @Operation(summary = "Resume a connector", description = "From pause or stop.")
  @APIResponse(responseCode = "202", description = "It will run")
  public Response resume(@RestPath String connector) {
    return want(connector, TargetState.STARTED, Response.Status.ACCEPTED);
  }

  @PUT
  @Path("/stop")
  @Operation(
      summary = "Stop a connector",
      description = "It releases everything; its offsets may then be edited.")
  @APIResponse(responseCode = "204", description = "It will stop")
  public Response stop(@RestPath String connector) {
    return want(connector, TargetState.STOPPED, Response.Status.NO_CONTENT);
  }

  private Response want(String connector, TargetState target, Response.Status answer) {
    connectors.setTarget(known.require(connector).spec().name(), target);
    return Response.status(answer).build();
  }

  /** A connector here has no life beside its tasks, so its tasks restart in any case. */
  @POST
  @Path("/restart")
  @Operation(
      summary = "Restart a connector",
      description = "All its tasks, or those that failed, from their durable positions.")
  @APIResponse(
      responseCode = "202",
      description = "It restarts; its state as it was seen last",
      content = @Content(schema = @Schema(implementation = ConnectJson.Status.class)))
  @APIResponse(responseCode = "204", description = "It restarts; neither parameter was given")
  public Response restart(
      @RestPath String connector,
      @Parameter(description = "Taken for Kafka Connect's sake; tasks always restart.") @RestQuery
          @Nullable String includeTasks,
      @Parameter(description = "Restart only tasks that have failed.") @RestQuery
          @Nullable String onlyFailed) {
    boolean failed = Parameters.flag("onlyFailed", onlyFailed);
    boolean tasks = Parameters.flag("includeTasks", includeTasks);
    connectors.restart(known.require(connector).spec().name(), failed);
    return failed || tasks
        ? Response.accepted(ConnectJson.Status.of(known.require(connector), worker.id())).build()
        : Response.noContent().build();
  }

  @POST
  @Path("/tasks/{task}/restart")
  @Operation(summary = "Restart a task", description = "From its durable position.")
  @APIResponse(responseCode = "204", description = "It restarts")
  public Response restartTask(@RestPath String connector, @RestPath int task) {
    connectors.restartTask(connector, known.requireTask(connector, task).number());
    return Response.noContent().build();
  }
}
