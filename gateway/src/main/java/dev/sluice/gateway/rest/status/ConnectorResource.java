package dev.sluice.gateway.rest.status;

import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.rest.KnownConnectors;
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
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/connectors}. */
@Path("/api/v1/connectors")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Status", description = "What the gateway is doing.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ConnectorResource {

  private final Connectors connectors;
  private final KnownConnectors known;

  ConnectorResource(Connectors connectors, KnownConnectors known) {
    this.connectors = connectors;
    this.known = known;
  }

  @GET
  @Operation(
      summary = "List connectors with all that is known of them",
      description = "State, errors with their cure, counters, lag, configuration without secrets.")
  @APIResponse(responseCode = "200", description = "The connectors by name")
  public List<ConnectorJson> list() {
    return connectors.list().stream().map(ConnectorJson::of).toList();
  }

  @GET
  @Path("/{connector}")
  @Operation(
      summary = "Show a connector with all that is known of it",
      description = "State, errors with their cure, counters, lag, configuration without secrets.")
  @APIResponse(responseCode = "200", description = "The connector")
  public ConnectorJson get(@RestPath String connector) {
    return ConnectorJson.of(known.require(connector));
  }
}
