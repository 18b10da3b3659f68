package dev.sluice.gateway.rest.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.deadletter.JobView;
import dev.sluice.gateway.deadletter.Letters;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.EventStream;
import dev.sluice.gateway.rest.EventStreams;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/dead-letter-jobs}. */
@Path("/api/v1/dead-letter-jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Dead letters")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class JobResource {

  /** How long a wait lasts before the connection is looked at again. */
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final Letters letters;
  private final EventStreams streams;
  private final ObjectMapper json;

  JobResource(Letters letters, EventStreams streams, ObjectMapper json) {
    this.letters = letters;
    this.streams = streams;
    this.json = json;
  }

  @GET
  @Operation(
      summary = "List jobs that deal with dead letters",
      description = "The latest first; up to 50 since the gateway was started.")
  @APIResponse(responseCode = "200", description = "The jobs")
  public List<JobJson> list() {
    return letters.jobs().stream().map(JobJson::of).toList();
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Show a job", description = "How far it is, and what it could not do.")
  @APIResponse(responseCode = "200", description = "The job")
  public JobJson get(@RestPath String id) {
    return JobJson.of(require(id));
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      summary = "Cancel a job",
      description =
          "It ends after what it is at; what it has done stays done. One that is over stays as it"
              + " is.")
  @APIResponse(responseCode = "204", description = "It was asked to end")
  public void cancel(@RestPath String id) {
    letters.cancel(require(id).id());
  }

  @GET
  @Path("/{id}/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow a job",
      description = "Server-sent events, each the whole job, until it is over.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; each event's data is the job",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = JobJson.class)))
  public void follow(@RestPath String id, @Context SseEventSink sink, @Context Sse sse)
      throws InterruptedException {
    JobView first = require(id);
    streams.start(sink, sse, "following job " + first.id(), stream -> send(stream, first));
  }

  private void send(EventStream stream, JobView first) throws InterruptedException {
    JobView shown = first;
    send(stream, JobJson.of(shown));
    while (stream.isOpen() && !shown.isOver()) {
      JobView next = letters.await(shown.id(), shown.version(), GLANCE).orElse(shown);
      if (next.version() > shown.version()) {
        send(stream, JobJson.of(next));
      } else {
        stream.keepAlive();
      }
      shown = next;
    }
  }

  private void send(EventStream stream, JobJson job) throws InterruptedException {
    try {
      stream.send(null, json.writeValueAsString(job));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A job can't be written as JSON", impossible);
    }
  }

  private JobView require(String id) {
    return letters
        .job(id)
        .orElseThrow(
            () ->
                ApiException.unknown(
                    "job",
                    "There is no job '" + id + "' (any more).",
                    "GET /api/v1/dead-letter-jobs lists them; _events tells of earlier ones."));
  }
}
