package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.manage.ConnectorManager;
import dev.sluice.gateway.rest.EventStreams;
import dev.sluice.gateway.rest.KnownConnectors;
import dev.sluice.gateway.rest.Problem;
import dev.sluice.gateway.rest.capture.CaptureJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
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

  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final Connectors connectors;
  private final ConnectorManager manager;
  private final KnownConnectors known;
  private final EventStreams streams;
  private final ObjectMapper json;

  ConnectorResource(
      Connectors connectors,
      ConnectorManager manager,
      KnownConnectors known,
      EventStreams streams,
      ObjectMapper json) {
    this.connectors = connectors;
    this.manager = manager;
    this.known = known;
    this.streams = streams;
    this.json = json;
  }

  @GET
  @Operation(
      summary = "List connectors with all that is known of them",
      description = "State, errors with their cure, counters, lag, configuration without secrets.")
  @APIResponse(responseCode = "200", description = "The connectors by name")
  public List<ConnectorJson> list() {
    return connectors.list().stream().map(this::json).toList();
  }

  @GET
  @Path("/{connector}")
  @Operation(
      summary = "Show a connector with all that is known of it",
      description =
          "State, errors with their cure, counters, lag, configuration without secrets. The ETag"
              + " names the declaration alone, whatever the state: what PUT takes as If-Match. What"
              + " a configuration file declares has none.")
  @APIResponse(
      responseCode = "200",
      description = "The connector",
      headers =
          @Header(
              name = HttpHeaders.ETAG,
              description = "Of what was declared over HTTP; strong.",
              schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = ConnectorJson.class)))
  public Response get(@RestPath String connector) {
    // Read first: at worst it is older than what is answered with it, which loses nothing.
    Optional<String> version = manager.version(connector);
    Response.ResponseBuilder answer = Response.ok(json(known.require(connector)));
    return version.map(tag -> answer.tag(tag)).orElse(answer).build();
  }

  @GET
  @Path("/{connector}/errors")
  @Operation(
      summary = "Show what went wrong with a connector",
      description =
          "The latest failures and refused records of each of its tasks since the process started,"
              + " the latest first: at most 20 of either. A failure that was repeated counts once.")
  @APIResponse(responseCode = "200", description = "The errors")
  public List<PastErrorJson> errors(@RestPath String connector) {
    return connectors.errors(known.require(connector).spec().name()).stream()
        .map(PastErrorJson::of)
        .toList();
  }

  @GET
  @Path("/{connector}/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow a connector",
      description =
          "Server-sent events, each with all that is known of it: at once, and then when something"
              + " has changed, at most once a second. Of a connector that captures a database's"
              + " changes, events named 'capture' tell as well how far that has come. An event named"
              + " 'problem' is the last: the connector was removed.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; each event's data is a connector, or a capture",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(anyOf = {ConnectorJson.class, CaptureJson.class})))
  public void follow(@RestPath String connector, @Context SseEventSink sink, @Context Sse sse)
      throws InterruptedException {
    var unused = known.require(connector);
    streams.start(
        sink,
        sse,
        "following " + connector,
        stream ->
            stream.states(
                GLANCE,
                () -> write(json(known.require(connector))),
                "capture",
                () -> capture(connector).map(this::write)));
  }

  private Optional<CaptureJson> capture(String connector) {
    return connectors.capture(connector).map(view -> CaptureJson.of(connector, view));
  }

  private String write(Object state) {
    try {
      return json.writeValueAsString(state);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A connector can't be written as JSON", impossible);
    }
  }

  private ConnectorJson json(ConnectorView view) {
    return ConnectorJson.of(view, connectors.capture(view.spec().name()).isPresent());
  }
}
