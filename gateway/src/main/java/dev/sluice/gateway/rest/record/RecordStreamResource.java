package dev.sluice.gateway.rest.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Unreadable;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/topics/{topic}/stream}. */
@Path("/api/v1/topics/{topic}/stream")
@RunOnVirtualThread
@Tag(name = "Records")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class RecordStreamResource {

  private static final int READ_RECORDS = 500;
  private static final int READ_BYTES = 1 << 20;

  /** How long a wait for records lasts before the connection is looked at again. */
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final Records records;
  private final StartPositions starts;
  private final EventStreams streams;
  private final ObjectMapper json;

  RecordStreamResource(
      Records records, StartPositions starts, EventStreams streams, ObjectMapper json) {
    this.records = records;
    this.starts = starts;
    this.streams = streams;
    this.json = json;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow records",
      description =
          "Server-sent events, one for each record, until the client closes. An event's id is the"
              + " position behind it; a client that comes back with Last-Event-ID goes on there."
              + " The first event is named 'start', and its id says where the stream begins, which"
              + " is also the 'next' in its data: so a client that leaves before the first record"
              + " can go on, too. A comment every 15 seconds keeps the connection alive. An event"
              + " named 'unreadable' tells of offsets that nobody can decode, and the stream goes"
              + " on behind them; or of a partition that is offline, and it goes on with the"
              + " others. An event named 'problem' is the last.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; each event's data is a record",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = RecordJson.class)))
  public void stream(
      @RestPath String topic,
      @Parameter(description = "Only this partition.", example = "0") @RestQuery
          @Nullable String partition,
      @Parameter(description = "Start at this offset of the partition.", example = "42") @RestQuery
          @Nullable String offset,
      @Parameter(
              description =
                  "Start here: latest (as without it), earliest, milliseconds since the epoch, an"
                      + " ISO-8601 time, or the 'next' of a page.",
              example = "latest")
          @RestQuery
          @Nullable String from,
      @Parameter(description = "The id of the last event that was received; wins over the others.")
          @RestHeader("Last-Event-ID")
          @Nullable String lastEventId,
      @Parameter(description = IsolationParameter.HELP, example = "read_committed") @RestQuery
          @Nullable String isolation,
      @Context SseEventSink sink,
      @Context Sse sse)
      throws InterruptedException {
    Records view = IsolationParameter.view(records, isolation);
    boolean resumed = lastEventId != null && !lastEventId.isEmpty();
    Positions start =
        starts
            .of(view)
            .resolve(
                topic, partition, resumed ? null : offset, resumed ? lastEventId : from, "latest");
    streams.start(sink, sse, "following " + topic, stream -> follow(stream, view, topic, start));
  }

  private void follow(EventStream stream, Records view, String topic, Positions start)
      throws InterruptedException {
    stream.send("start", start.toString(), toJson(Map.of("next", start.toString())));
    TimestampMerge merge = new TimestampMerge(view, READ_RECORDS, READ_BYTES);
    Positions at = start;
    Set<Integer> offline = Set.of();
    while (stream.isOpen()) {
      try {
        at = starts.of(view).settle(topic, at);
        TimestampMerge.Batch batch = merge.read(topic, at);
        for (Entry entry : batch.entries()) {
          at = at.with(entry.topicPartition().partition(), entry.nextOffset());
          send(stream, at.toString(), entry);
        }
        at = batch.next();
        offline = tellOffline(stream, at, batch.offline(), offline);
        if (batch.entries().isEmpty() && !view.await(readable(topic, at, offline), GLANCE)) {
          stream.keepAlive();
        }
      } catch (LogException failed) {
        if (failed.code() != LogException.Code.OFFSET_OUT_OF_RANGE) {
          throw failed;
        }
        at = afterRetention(view, topic, at);
      }
    }
  }

  /** Tells of each partition once, until it is back; returns those that are offline. */
  private Set<Integer> tellOffline(
      EventStream stream, Positions at, List<Unreadable> offline, Set<Integer> told)
      throws InterruptedException {
    for (Unreadable partition : offline) {
      if (!told.contains(partition.topicPartition().partition())) {
        send(stream, at.toString(), partition);
      }
    }
    return offline.stream()
        .map(partition -> partition.topicPartition().partition())
        .collect(Collectors.toSet());
  }

  /** What can't be read is looked at after each glance; damage would end each wait at once. */
  private static Map<TopicPartition, Long> readable(
      String topic, Positions at, Set<Integer> offline) {
    Map<TopicPartition, Long> waited = new HashMap<>(at.of(topic));
    waited.keySet().removeIf(partition -> offline.contains(partition.partition()));
    return waited;
  }

  /** Retention deleted what was still to be sent: goes on with the oldest that is left. */
  private Positions afterRetention(Records view, String topic, Positions at) {
    Positions moved = at;
    for (Map.Entry<Integer, Long> entry : at.offsets().entrySet()) {
      TopicPartition partition = new TopicPartition(topic, entry.getKey());
      moved =
          moved.with(
              entry.getKey(),
              StartPositions.whereReadable(
                  partition,
                  tp -> Math.clamp(entry.getValue(), view.startOffset(tp), view.endOffset(tp)),
                  entry.getValue()));
    }
    return moved;
  }

  private void send(EventStream stream, String id, Entry entry) throws InterruptedException {
    switch (entry) {
      case StoredRecord stored -> stream.send(id, toJson(RecordJson.of(stored)));
      case Unreadable place -> stream.send("unreadable", id, toJson(UnreadableJson.of(place)));
    }
  }

  private String toJson(Object answered) {
    try {
      return json.writeValueAsString(answered);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("What was read can't be written as JSON", impossible);
    }
  }
}
