package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.EventStreams;
import dev.sluice.gateway.rest.Parameters;
import dev.sluice.gateway.rest.Problem;
import dev.sluice.gateway.search.Condition;
import dev.sluice.gateway.search.Search;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/topics/{topic}/search}. */
@Path("/api/v1/topics/{topic}/search")
@RunOnVirtualThread
@Tag(name = "Records")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class SearchResource {

  private static final int MAX_MATCHES = 10_000;
  private static final Duration TIME_LIMIT = Duration.ofMinutes(10);

  private final Records records;
  private final SearchRanges ranges;
  private final Searches searches;
  private final EventStreams streams;

  SearchResource(Records records, SearchRanges ranges, Searches searches, EventStreams streams) {
    this.records = records;
    this.ranges = ranges;
    this.searches = searches;
    this.streams = streams;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Search records",
      description =
          "Looks at each record of a range for those that meet all conditions, and tells of them as"
              + " they are found, as server-sent events: 'match' (a record), 'unreadable' (a place"
              + " that nobody can decode or read, or a partition that is offline), 'progress' (a few"
              + " times a second), at last 'end' or"
              + " 'problem'. Closing the stream stops the search. Records of a partition come in"
              + " order, those of different partitions by time as far as whole stretches of them"
              + " go. A search ends at the limit, at the end of the range, or after ten minutes;"
              + " 'end' says where to go on. Four searches may run at once.")
  @APIResponse(
      responseCode = "200",
      description = "The stream; the data of its last event is this",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = SearchEnd.class)))
  public void search(
      @RestPath String topic,
      @BeanParam SearchQuery query,
      @Context SseEventSink sink,
      @Context Sse sse)
      throws InterruptedException {
    Records view = IsolationParameter.view(records, query.isolation);
    Condition condition = SearchConditions.of(query);
    Search.Order order = order(query.order);
    int limit = (int) Parameters.number("limit", query.limit, 1, MAX_MATCHES);
    Search search = new Search(ranges.of(topic, view, query), order, condition, limit, TIME_LIMIT);
    RunningSearch running = searches.prepare(topic, view, search);
    boolean isStarted = false;
    try {
      streams.start(sink, sse, "searching " + topic, running::sendTo);
      isStarted = true;
    } finally {
      if (!isStarted) {
        running.abandon();
      }
    }
  }

  private static Search.Order order(String order) {
    return switch (order) {
      case "newest" -> Search.Order.NEWEST;
      case "oldest" -> Search.Order.OLDEST;
      default ->
          throw ApiException.invalid(
              "order", "'" + order + "' is no order.", "Use newest or oldest.");
    };
  }
}
