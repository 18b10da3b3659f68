package dev.sluice.gateway.rest.history;

import dev.sluice.gateway.history.ChartQuery;
import dev.sluice.gateway.history.History;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/history}. */
@Path("/api/v1/history")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Status")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class HistoryResource {

  private final History history;

  HistoryResource(History history) {
    this.history = history;
  }

  @GET
  @Operation(
      summary = "Show how lag, rates and disk space were",
      description =
          "Sampled every ten seconds and kept a day; by the minute two weeks, by ten minutes two"
              + " months. What is read is chosen by the step: at least 600 or 60 seconds, or less.")
  @APIResponse(responseCode = "200", description = "Lines to draw")
  public HistoryJson get(
      @Parameter(
              description =
                  "lag (records that wait for groups), topic-records (appended to topics),"
                      + " connector-records (carried by connectors), connector-rejected (set"
                      + " aside), records (appended in all), disk-free, log-size.",
              required = true)
          @RestQuery
          @Nullable String kind,
      @Parameter(description = "Of this group, topic or connector; may be repeated. All if absent.")
          @RestQuery
          List<String> name,
      @Parameter(description = "For lag: in this topic; may be repeated. All if absent.") @RestQuery
          List<String> topic,
      @Parameter(
              description =
                  "A line for all together (total), or for each name, topic or partition.")
          @RestQuery
          @Nullable String by,
      @Parameter(
              description =
                  "ISO 8601 with a zone, or milliseconds since the epoch; an hour before `to` if"
                      + " absent.")
          @RestQuery
          @Nullable String from,
      @Parameter(description = "As `from`; now if absent.") @RestQuery @Nullable String to,
      @Parameter(
              description =
                  "Seconds from one point to the next, from 10 on; about 360 points if absent.")
          @RestQuery
          @Nullable String step) {
    ChartQuery query =
        HistoryParameters.query(kind, name, topic, by, from, to, step, Instant.now());
    return HistoryJson.of(query, history.chart(query));
  }
}
