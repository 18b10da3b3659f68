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
import java.util.Optional;
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
      summary = "Show everything at a glance",
      description =
          "What needs attention, and topics, connectors and groups with what flows between them; at"
              + " most a second old.")
  @APIResponse(responseCode = "200", description = "The overview")
  public Overview now() throws InterruptedException {
    return feed.current().overview();
  }

  @GET
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow everything at a glance",
      description =
          "Server-sent events, about one a second. The first is a whole overview, and so is one that"
              + " comes later without a name; events named `changed` hold what is different from the"
              + " one before.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; each event's data is an overview, or a change of one",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(anyOf = {Overview.class, OverviewChange.class})))
  public void follow(@Context SseEventSink sink, @Context Sse sse) throws InterruptedException {
    streams.start(sink, sse, "following the overview", this::send);
  }

  private void send(EventStream stream) throws InterruptedException {
    OverviewFeed.Numbered seen = feed.current();
    stream.send(null, feed.whole(seen));
    while (stream.isOpen()) {
      OverviewFeed.Numbered next = feed.after(seen.number());
      Optional<String> changes = feed.changes(seen.number(), next);
      if (changes.isPresent()) {
        stream.send("changed", Long.toString(next.number()), changes.get());
      } else {
        stream.send(null, feed.whole(next));
      }
      seen = next;
    }
  }
}
