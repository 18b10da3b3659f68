package dev.sluice.gateway.rest.status;

import dev.sluice.gateway.rest.EventStream;
import dev.sluice.gateway.rest.EventStreams;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/overview}. */
@Path("/api/v1/overview")
@RunOnVirtualThread
@Tag(name = "Status")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class OverviewResource {

  private final OverviewFeed feed;
  private final EventStreams streams;

  OverviewResource(OverviewFeed feed, EventStreams streams) {
    this.feed = feed;
    this.streams = streams;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Show topics and connectors at a glance",
      description = "At most a second old.")
  @APIResponse(responseCode = "200", description = "The overview")
  public Overview now() throws InterruptedException {
    return feed.current().overview();
  }

  @GET
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow topics and connectors",
      description =
          "Server-sent events, about one a second. The first is a whole overview; those named"
              + " 'change' tell what has changed since the event before. One who is too slow for"
              + " that gets another whole one.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; an event's data is an overview, or what has changed",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(anyOf = {Overview.class, OverviewChange.class})))
  public void follow(@Context SseEventSink sink, @Context Sse sse) throws InterruptedException {
    streams.start(sink, sse, "following the overview", this::send);
  }

  private void send(EventStream stream) throws InterruptedException {
    OverviewFeed.Numbered overview = feed.current();
    stream.send(null, overview.json());
    while (stream.isOpen()) {
      OverviewFeed.Numbered next = feed.after(overview.number());
      String change = next.change();
      if (change != null && next.number() == overview.number() + 1) {
        stream.send("change", null, change);
      } else {
        stream.send(null, next.json());
      }
      overview = next;
    }
  }
}
