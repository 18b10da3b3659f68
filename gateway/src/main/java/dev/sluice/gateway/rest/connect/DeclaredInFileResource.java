package dev.sluice.gateway.rest.connect;

import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownConnectors;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * What Kafka Connect does over HTTP and this gateway in its configuration file: making, changing
 * and removing connectors. Refused with a sentence that says so, whatever the body.
 */
@Path("/connectors")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Kafka Connect")
@APIResponse(
    responseCode = "409",
    description = "Always: the configuration file declares connectors",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class DeclaredInFileResource {

  private final KnownConnectors known;

  DeclaredInFileResource(KnownConnectors known) {
    this.known = known;
  }

  @POST
  @Operation(summary = "Refuse to create a connector", description = "Declare it in the file.")
  public Response create() {
    throw declaredInFile("Connectors are not created over HTTP.", "Add it");
  }

  @PUT
  @Path("/{connector}/config")
  @Operation(summary = "Refuse to change a connector", description = "Change it in the file.")
  public Response change(@RestPath String connector) {
    throw declaredInFile("The connector '" + connector + "' is not changed over HTTP.", "Edit it");
  }

  @DELETE
  @Path("/{connector}")
  @Operation(summary = "Refuse to delete a connector", description = "Remove it from the file.")
  public Response delete(@RestPath String connector) {
    String name = known.require(connector).spec().name();
    throw declaredInFile("The connector '" + name + "' is not deleted over HTTP.", "Remove it");
  }

  private static ApiException declaredInFile(String detail, String what) {
    return ApiException.conflict(
        "declared-in-file",
        detail,
        what
            + " under 'connectors' in the configuration file; the change takes effect without a"
            + " restart of the process.");
  }
}
