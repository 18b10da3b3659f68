package dev.sluice.gateway.rest.connect;

import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownConnectors;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Kafka Connect's API for looking at connectors. */
@Path("/connectors")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Kafka Connect", description = "Connectors, as tools made for Kafka Connect know them.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ConnectResource {

  private static final Set<String> EXPANSIONS = Set.of("status", "info");

  private final Connectors connectors;
  private final KnownConnectors known;
  private final Worker worker;

  ConnectResource(Connectors connectors, KnownConnectors known, Worker worker) {
    this.connectors = connectors;
    this.known = known;
    this.worker = worker;
  }

  @GET
  @Operation(
      summary = "List connectors",
      description = "Their names; with 'expand', an object with status or info of each.")
  @APIResponse(
      responseCode = "200",
      description = "Names, or an object by name",
      content = @Content(schema = @Schema(oneOf = {String[].class, Map.class})))
  public Object list(
      @Parameter(description = "status, info, or both.", example = "status") @RestQuery
          List<String> expand) {
    for (String expansion : expand) {
      if (!EXPANSIONS.contains(expansion)) {
        throw ApiException.invalid(
            "expand", "'" + expansion + "' can't be expanded.", "Use status or info.");
      }
    }
    List<ConnectorView> views = connectors.list();
    if (expand.isEmpty()) {
      return views.stream().map(view -> view.spec().name()).toList();
    }
    Map<String, ConnectJson.Expanded> expanded = new TreeMap<>();
    for (ConnectorView view : views) {
      expanded.put(
          view.spec().name(),
          new ConnectJson.Expanded(
              expand.contains("info") ? ConnectJson.Info.of(view) : null,
              expand.contains("status") ? ConnectJson.Status.of(view, worker.id()) : null));
    }
    return expanded;
  }

  @GET
  @Path("/{connector}")
  @Operation(summary = "Show a connector", description = "Its configuration and its tasks.")
  @APIResponse(responseCode = "200", description = "The connector")
  public ConnectJson.Info get(@RestPath String connector) {
    return ConnectJson.Info.of(known.require(connector));
  }

  @GET
  @Path("/{connector}/config")
  @Operation(summary = "Show a connector's configuration", description = "Secrets are masked.")
  @APIResponse(responseCode = "200", description = "Settings by dotted name")
  public Map<String, String> config(@RestPath String connector) {
    return FlatConfig.of(known.require(connector).spec());
  }

  @GET
  @Path("/{connector}/status")
  @Operation(
      summary = "Show a connector's state",
      description = "Its own, and its tasks' with the stack traces of their errors.")
  @APIResponse(responseCode = "200", description = "The states")
  public ConnectJson.Status status(@RestPath String connector) {
    return ConnectJson.Status.of(known.require(connector), worker.id());
  }

  @GET
  @Path("/{connector}/tasks")
  @Operation(summary = "List a connector's tasks", description = "With their configuration.")
  @APIResponse(responseCode = "200", description = "The tasks")
  public List<ConnectJson.TaskInfo> tasks(@RestPath String connector) {
    ConnectorView view = known.require(connector);
    Map<String, String> config = FlatConfig.of(view.spec());
    return view.tasks().stream()
        .map(
            task ->
                new ConnectJson.TaskInfo(new ConnectJson.TaskId(connector, task.number()), config))
        .toList();
  }

  @GET
  @Path("/{connector}/tasks/{task}/status")
  @Operation(summary = "Show a task's state", description = "With the trace of its error.")
  @APIResponse(responseCode = "200", description = "The state")
  public ConnectJson.TaskStatus taskStatus(@RestPath String connector, @RestPath int task) {
    return ConnectJson.TaskStatus.of(known.requireTask(connector, task), worker.id());
  }

  @GET
  @Path("/{connector}/topics")
  @Operation(
      summary = "List a connector's topics",
      description = "Those that it has written to or reads from.")
  @APIResponse(
      responseCode = "200",
      description = "The topics, under the connector's name",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  public Map<String, ConnectJson.Topics> topics(@RestPath String connector) {
    return Map.of(connector, new ConnectJson.Topics(known.require(connector).topics()));
  }
}
