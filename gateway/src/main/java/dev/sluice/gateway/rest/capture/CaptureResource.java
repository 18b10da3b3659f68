package dev.sluice.gateway.rest.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.connect.CaptureView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.EventStreams;
import dev.sluice.gateway.rest.KnownConnectors;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/connectors/{connector}/capture}. */
@Path("/api/v1/connectors/{connector}/capture")
@RunOnVirtualThread
@Tag(name = "Change data capture", description = "Sources that follow a database's changes.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class CaptureResource {

  private static final Duration PACE = Duration.ofSeconds(1);

  private final Connectors connectors;
  private final KnownConnectors known;
  private final EventStreams streams;
  private final ObjectMapper json;

  CaptureResource(
      Connectors connectors, KnownConnectors known, EventStreams streams, ObjectMapper json) {
    this.connectors = connectors;
    this.known = known;
    this.streams = streams;
    this.json = json;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Show how far a change capture has come",
      description = "Snapshots by table, the position, the last change, the replication slot.")
  @APIResponse(responseCode = "200", description = "The capture")
  public CaptureJson get(@RestPath String connector) {
    return require(connector);
  }

  @GET
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow how far a change capture has come",
      description =
          "Server-sent events, each the whole state: at once, and then when something has changed, at"
              + " most once a second.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; each event's data is a capture",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = CaptureJson.class)))
  public void follow(@RestPath String connector, @Context SseEventSink sink, @Context Sse sse)
      throws InterruptedException {
    AtomicReference<CaptureJson> last = new AtomicReference<>(require(connector));
    streams.start(
        sink,
        sse,
        "following the capture",
        stream ->
            stream.states(
                PACE, () -> write(last.updateAndGet(seen -> require(connector).orSame(seen)))));
  }

  @POST
  @Path("/snapshots")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Ask for the present rows of tables",
      description =
          "They come as read events among the changes, which are not held up but for the second or"
              + " two that taking the request up needs. A restart goes on with it. Each table needs"
              + " a primary key.")
  @APIResponse(
      responseCode = "202",
      description = "The request is durable; the capture as it was seen then",
      content = @Content(schema = @Schema(implementation = CaptureJson.class)))
  public Response snapshot(@RestPath String connector, @Nullable SnapshotOrder order)
      throws InterruptedException {
    var unused = require(connector);
    List<String> tables = (order == null ? new SnapshotOrder(null) : order).checked();
    try {
      connectors.requestSnapshot(connector, tables);
    } catch (IllegalStateException notNow) {
      throw ApiException.conflict(
          "snapshot-not-now",
          String.valueOf(notNow.getMessage()),
          "GET /api/v1/connectors/" + connector + "/capture tells how far the connector is.");
    }
    return Response.accepted(require(connector)).build();
  }

  private CaptureJson require(String connector) {
    String name = known.require(connector).spec().name();
    CaptureView view =
        connectors
            .capture(name)
            .orElseThrow(
                () ->
                    new ApiException(
                        404,
                        "no-capture",
                        ApiException.Category.USER,
                        "The connector '" + name + "' captures no changes of a database.",
                        "connector",
                        "Connectors of type postgres-cdc do."));
    return CaptureJson.of(name, view);
  }

  private String write(CaptureJson capture) {
    try {
      return json.writeValueAsString(capture);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A capture can't be written as JSON", impossible);
    }
  }
}
