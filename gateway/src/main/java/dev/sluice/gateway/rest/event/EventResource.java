package dev.sluice.gateway.rest.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.EventStream;
import dev.sluice.gateway.rest.EventStreams;
import dev.sluice.gateway.rest.Parameters;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/events}. */
@Path("/api/v1/events")
@RunOnVirtualThread
@Tag(name = "Events", description = "What happened, and who caused it.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class EventResource {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_TEXT = 200;

  /** How long a wait for events lasts before the connection is looked at again. */
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private static final String TYPE = "Only this type, or those that begin with it up to a dot.";
  private static final String SUBJECT =
      "Only what happened to the topic, connector … of this name.";
  private static final String WHO =
      "Only what such an actor caused: gateway, configuration, http, kafka, or a part of its name.";
  private static final String TEXT = "Only what has this in its type, subject or message.";

  private final EventLog log;
  private final Records records;
  private final EventStreams streams;
  private final ObjectMapper json;

  EventResource(EventLog log, Records records, EventStreams streams, ObjectMapper json) {
    this.log = log;
    this.records = records;
    this.streams = streams;
    this.json = json;
  }

  /** Events from the newest on. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "EventPage", description = "Events, the newest first.")
  record EventPage(
      List<EventJson> events,
      @Schema(
              description =
                  "'before' for older ones; absent if there are none. May come with fewer events"
                      + " than were asked for, where few match.",
              examples = "42")
          @Nullable Long next) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "List events", description = "The newest first, a page at a time.")
  @APIResponse(responseCode = "200", description = "The events")
  public EventPage list(
      @Parameter(description = TYPE, example = "connector") @RestQuery @Nullable String type,
      @Parameter(description = SUBJECT, example = "shop") @RestQuery @Nullable String subject,
      @Parameter(description = WHO, example = "http") @RestQuery @Nullable String who,
      @Parameter(description = TEXT, example = "refused") @RestQuery @Nullable String text,
      @Parameter(
              description = "Not before this time: ISO 8601, or milliseconds since the epoch.",
              example = "2026-01-01T00:00:00Z")
          @RestQuery
          @Nullable String from,
      @Parameter(description = "Before this time.", example = "2026-01-02T00:00:00Z") @RestQuery
          @Nullable String to,
      @Parameter(description = "At most so many, up to 1000.", example = "100") @RestQuery
          @Nullable String limit,
      @Parameter(description = "The 'next' of the page before.", example = "42") @RestQuery
          @Nullable String before) {
    EventLog.Page page =
        log.page(
            filter(type, subject, who, text),
            limit == null ? DEFAULT_LIMIT : (int) Parameters.number("limit", limit, 1, MAX_LIMIT),
            before == null
                ? Long.MAX_VALUE
                : Parameters.number("before", before, 0, Long.MAX_VALUE),
            time("from", from, 0),
            time("to", to, Long.MAX_VALUE));
    return new EventPage(page.events(), page.next());
  }

  @GET
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow events",
      description =
          "Server-sent events, one for each event from now on, until the client closes. A client"
              + " that comes back with Last-Event-ID goes on there. A comment every 15 seconds keeps"
              + " the connection alive.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; each event's data is an event",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = EventJson.class)))
  public void follow(
      @Parameter(description = TYPE, example = "connector") @RestQuery @Nullable String type,
      @Parameter(description = SUBJECT, example = "shop") @RestQuery @Nullable String subject,
      @Parameter(description = WHO, example = "http") @RestQuery @Nullable String who,
      @Parameter(description = TEXT, example = "refused") @RestQuery @Nullable String text,
      @Parameter(description = "Go on behind this offset rather than at the end.", example = "41")
          @RestQuery
          @Nullable String after,
      @Parameter(description = "The id of the last event that was received; wins over 'after'.")
          @RestHeader("Last-Event-ID")
          @Nullable String lastEventId,
      @Context SseEventSink sink,
      @Context Sse sse)
      throws InterruptedException {
    EventFilter filter = filter(type, subject, who, text);
    String last = lastEventId == null || lastEventId.isEmpty() ? after : lastEventId;
    long start =
        last != null
            ? Parameters.number("after", last, 0, Long.MAX_VALUE - 1) + 1
            : log.isEmpty() ? 0 : records.endOffset(EventLog.EVENTS);
    streams.start(sink, sse, "following events", stream -> send(stream, filter, start));
  }

  private void send(EventStream stream, EventFilter filter, long start)
      throws InterruptedException {
    long at = start;
    while (stream.isOpen()) {
      if (log.isEmpty()) {
        Thread.sleep(GLANCE);
        stream.keepAlive();
        continue;
      }
      List<EventJson> events = new ArrayList<>();
      at = log.follow(at, events);
      for (EventJson event : events) {
        if (filter.accepts(event)) {
          stream.send(String.valueOf(event.offset()), toJson(event));
        }
      }
      if (events.isEmpty() && !records.await(Map.of(EventLog.EVENTS, at), GLANCE)) {
        stream.keepAlive();
      }
    }
  }

  private String toJson(EventJson event) {
    try {
      return json.writeValueAsString(event);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("An event can't be written as JSON", impossible);
    }
  }

  private static EventFilter filter(
      @Nullable String type,
      @Nullable String subject,
      @Nullable String who,
      @Nullable String text) {
    return new EventFilter(
        text("type", type), text("subject", subject), text("who", who), text("text", text));
  }

  private static @Nullable String text(String name, @Nullable String value) {
    if (value != null && value.length() > MAX_TEXT) {
      throw ApiException.invalid(
          name, "'" + name + "' is too long.", "Give at most " + MAX_TEXT + " characters.");
    }
    return value == null || value.isEmpty() ? null : value;
  }

  private static long time(String name, @Nullable String text, long otherwise) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    OptionalLong millis = Parameters.timestampMillis(text);
    if (millis.isEmpty()) {
      throw ApiException.invalid(
          name,
          "'" + name + "' is '" + text + "', which is no time.",
          "Give an ISO-8601 time with a zone, or milliseconds since the epoch.");
    }
    return millis.getAsLong();
  }
}
