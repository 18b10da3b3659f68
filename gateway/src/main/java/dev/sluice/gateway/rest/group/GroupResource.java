package dev.sluice.gateway.rest.group;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.events.MovedPositions;
import dev.sluice.gateway.log.GroupDescription;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.EventStreams;
import dev.sluice.gateway.rest.Problem;
import dev.sluice.gateway.rest.group.ResetJson.Move;
import dev.sluice.gateway.rest.group.ResetJson.Moves;
import dev.sluice.gateway.rest.group.ResetJson.Plan;
import dev.sluice.gateway.rest.group.ResetJson.Wanted;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/groups}. */
@Path("/api/v1/groups")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Groups", description = "Consumer groups and their positions.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class GroupResource {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_MOVES = 10_000;

  private final GroupLook look;
  private final OffsetReset reset;
  private final Groups groups;
  private final EventStreams streams;
  private final Events events;
  private final ObjectMapper json;

  GroupResource(
      GroupLook look,
      OffsetReset reset,
      Groups groups,
      EventStreams streams,
      Events events,
      ObjectMapper json) {
    this.look = look;
    this.reset = reset;
    this.groups = groups;
    this.streams = streams;
    this.events = events;
    this.json = json;
  }

  @GET
  @Operation(
      summary = "List consumer groups",
      description = "In a line each, with state and lag. A sink 'x' is the group connect-x.")
  @APIResponse(responseCode = "200", description = "The groups by name")
  public List<GroupSummary> list() {
    return look.all();
  }

  @GET
  @Path("/{group}")
  @Operation(
      summary = "Show a consumer group",
      description = "Its members with their partitions, and its positions with their lag.")
  @APIResponse(responseCode = "200", description = "The group")
  public GroupJson get(@RestPath String group) {
    return look.require(group, new FirstWaiting().look());
  }

  @GET
  @Path("/{group}/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow a consumer group",
      description =
          "Server-sent events: the group as it is, and again whenever it has changed, at most once"
              + " a second. Ends with an event `problem` when the group is gone.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; each event's data is a group",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = GroupJson.class)))
  public void follow(@RestPath String group, @Context SseEventSink sink, @Context Sse sse)
      throws InterruptedException {
    GroupDescription known = look.description(group);
    FirstWaiting waiting = new FirstWaiting();
    streams.start(
        sink,
        sse,
        "following the group",
        stream -> stream.states(INTERVAL, () -> write(look.require(known.name(), waiting.look()))));
  }

  private String write(GroupJson group) {
    try {
      return json.writeValueAsString(group);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A group can't be written as JSON", impossible);
    }
  }

  @POST
  @Path("/{group}/offsets/plan")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Plan a reset of a group's positions",
      description =
          "Changes nothing: says of each partition from where to where its position would move, how"
              + " many records would be read again or never, and what stands in the way. Offsets"
              + " that the log does not reach are brought within it.")
  @APIResponse(responseCode = "200", description = "The plan")
  public Plan plan(@RestPath String group, @Nullable Wanted wanted) {
    GroupDescription known = look.description(group);
    if (wanted == null) {
      throw empty();
    }
    return Plan.of(reset.plan(group, wanted.target(), wanted.partitions()), reset.blocked(known));
  }

  @POST
  @Path("/{group}/offsets")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Move a group's positions",
      description =
          "Takes the changes of a plan; durable when this answers. 409 if a position is no longer"
              + " what the plan has seen, while consumers are in the group, or while the connector"
              + " whose positions they are has not been stopped.")
  @APIResponse(responseCode = "200", description = "The group as it is now")
  public GroupJson move(@RestPath String group, @Nullable Moves wanted) {
    List<@Nullable Move> changes = wanted == null ? null : wanted.changes();
    if (changes == null || changes.isEmpty()) {
      throw empty();
    }
    if (changes.size() > MAX_MOVES) {
      throw ApiException.tooLarge(
          "More than " + MAX_MOVES + " positions can't be moved at once.", "Send some at a time.");
    }
    Map<TopicPartition, Long> moves = new TreeMap<>();
    Map<TopicPartition, Long> expected = new TreeMap<>();
    for (int i = 0; i < changes.size(); i++) {
      Move move = changes.get(i);
      if (move == null || move.topic() == null || move.partition() == null || move.to() == null) {
        throw ApiException.invalid(
            "/changes/" + i, "A member is missing.", "Give topic, partition, from and to.");
      }
      TopicPartition tp = new TopicPartition(move.topic(), move.partition());
      moves.put(tp, move.to());
      Long from = move.from();
      if (from != null) {
        expected.put(tp, from);
      }
    }
    reset.apply(group, moves, expected);
    report(
        "group.offsets-reset",
        group,
        "The positions of the group in %d %s were moved: %s."
            .formatted(
                moves.size(),
                moves.size() == 1 ? "partition" : "partitions",
                MovedPositions.text(expected, moves)));
    return get(group);
  }

  private static ApiException empty() {
    return ApiException.invalid(
        "/", "The body is empty.", "Send a JSON object; /q/openapi shows which.");
  }

  @DELETE
  @Path("/{group}")
  @Operation(
      summary = "Delete a consumer group",
      description =
          "Forgets its offsets. Records that were kept only until this group had read them may be"
              + " deleted then. Not for the group of a connector that is declared.")
  @APIResponse(responseCode = "204", description = "It is gone")
  public void delete(@RestPath String group) {
    GroupDescription known = look.description(group);
    look.connectorOf(known.name())
        .ifPresent(
            connector -> {
              String name = connector.spec().name();
              throw ApiException.conflict(
                  "connector-declared",
                  "The group '" + group + "' is that of the connector '" + name + "'.",
                  "Remove the connector first, or reset its positions with DELETE /connectors/"
                      + name
                      + "/offsets.");
            });
    groups.delete(group);
    report("group.deleted", group, "The group was deleted with its positions.");
  }

  private void report(String type, String group, String message) {
    events.publish(new Event(type, group, message, Instant.now()));
  }
}
