package dev.sluice.gateway.rest.deadletter;

import dev.sluice.gateway.deadletter.Destination;
import dev.sluice.gateway.deadletter.JobView;
import dev.sluice.gateway.deadletter.LetterException;
import dev.sluice.gateway.deadletter.LetterId;
import dev.sluice.gateway.deadletter.Letters;
import dev.sluice.gateway.deadletter.MarkedLetter;
import dev.sluice.gateway.deadletter.Selection;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownTopics;
import dev.sluice.gateway.rest.Parameters;
import dev.sluice.gateway.rest.Problem;
import dev.sluice.gateway.rest.record.FormParameter;
import dev.sluice.gateway.rest.record.Positions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/dead-letters}. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Dead letters", description = "Records that were set aside: read, send again, discard.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class LetterResource {

  private static final int MAX_PAGE = 500;

  private final Letters letters;
  private final KnownTopics topics;

  LetterResource(Letters letters, KnownTopics topics) {
    this.letters = letters;
    this.topics = topics;
  }

  @GET
  @Operation(
      summary = "List the topics of dead letters",
      description =
          "Topics that connectors name for it, that are called '….dead-letters', or that are found"
              + " to hold letters; with how many have not been dealt with, by error. Counting takes"
              + " half a second at most and goes on with the next request.")
  @APIResponse(responseCode = "200", description = "The topics by name")
  public List<LetterTopicJson> list() {
    return letters.topics().stream().map(LetterTopicJson::of).toList();
  }

  @GET
  @Path("/{topic}")
  @Operation(
      summary = "Read dead letters",
      description =
          "The newest first. A page ends at the limit, at about 4 MiB, or after so much has been"
              + " looked at; so it may hold few letters or none, and there are more as long as it"
              + " has a 'next'.")
  @APIResponse(responseCode = "200", description = "The letters")
  public LetterPageJson page(
      @RestPath String topic,
      @BeanParam FilterParameters filter,
      @Parameter(description = "Go on before this: the 'next' of an earlier answer.") @RestQuery
          @Nullable String before,
      @Parameter(description = "At most so many letters, up to 500.") @RestQuery @DefaultValue("50")
          String limit) {
    int count = (int) Parameters.number("limit", limit, 1, MAX_PAGE);
    int unusedPartitions = topics.requirePartitions(topic);
    Letters.Page page = letters.page(topic, filter.filter(), positions(before), count);
    return new LetterPageJson(
        json(page.letters()),
        page.examined(),
        page.next().isEmpty() ? null : new Positions(page.next()).toString());
  }

  private static @Nullable SortedMap<Integer, Long> positions(@Nullable String before) {
    if (before == null || before.isEmpty()) {
      return null;
    }
    return Positions.parse(before)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    "before",
                    "'" + before + "' is no list of positions.",
                    "Use the 'next' of an earlier answer."))
        .offsets();
  }

  private List<LetterJson> json(List<MarkedLetter> found) {
    List<Destination> destinations =
        letters.destinations(found.stream().map(MarkedLetter::letter).toList());
    return IntStream.range(0, found.size())
        .mapToObj(i -> LetterJson.of(found.get(i), destinations.get(i)))
        .toList();
  }

  @GET
  @Path("/{topic}/letters/{id}")
  @Operation(
      summary = "Show a dead letter",
      description =
          "By its id, partition:offset. As text its key and value are strings even if they are"
              + " JSON, exactly as they are stored: so they can be changed and sent without a digit"
              + " lost.")
  @APIResponse(responseCode = "200", description = "The letter")
  public LetterJson get(
      @RestPath String topic,
      @RestPath String id,
      @Parameter(description = FormParameter.HELP, example = "text") @RestQuery
          @Nullable String form) {
    boolean isText = FormParameter.isText(form);
    int unusedPartitions = topics.requirePartitions(topic);
    return LetterId.parse(id)
        .flatMap(letter -> letters.find(topic, letter))
        .map(
            found -> {
              Destination to = letters.destinations(List.of(found.letter())).getFirst();
              return isText ? LetterJson.asText(found, to) : LetterJson.of(found, to);
            })
        .orElseThrow(
            () ->
                ApiException.unknown(
                    "letter",
                    "There is no letter " + id + " in '" + topic + "' (any more).",
                    "GET /api/v1/dead-letters/" + topic + "?state=any lists the letters."));
  }

  @GET
  @Path("/{topic}/count")
  @Operation(
      summary = "Count dead letters",
      description = "Those that a filter takes. Looks for half a second at most.")
  @APIResponse(responseCode = "200", description = "How many there are")
  public MatchingJson count(@RestPath String topic, @BeanParam FilterParameters filter) {
    int unusedPartitions = topics.requirePartitions(topic);
    Letters.Matching matching = letters.matching(topic, filter.filter());
    return new MatchingJson(
        matching.matching(), matching.isComplete(), new Positions(matching.upTo()).toString());
  }

  @POST
  @Path("/{topic}/resend")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Send dead letters again",
      description =
          "As a job, which this answers. Letters of a sink or rule go to that connector alone,"
              + " unless they are to go into a topic, where all who read it get them. Those of a"
              + " source go to the topic they were on their way to, through its transforms, key and"
              + " topic. A letter counts as sent when its record is durable; after a crash it may"
              + " be sent once more.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = ResendJson.class)))
  @APIResponse(
      responseCode = "202",
      description = "The job that has begun",
      content = @Content(schema = @Schema(implementation = JobJson.class)))
  public Response resend(@RestPath String topic, InputStream body) throws IOException {
    requireChangeable(topic);
    ActionBody action = ActionBody.read(body, Set.of("to", "topic", "edit"));
    Selection selection = action.selection();
    String target = action.topic();
    if (target != null) {
      topics.requireNotInternal(target);
      int unusedPartitions = topics.requirePartitions(target);
    }
    return started(() -> letters.resend(topic, selection, action.target(), action.edit(selection)));
  }

  @POST
  @Path("/{topic}/discard")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Discard dead letters",
      description =
          "As a job, which this answers. They count as dealt with, and stay in their topic until"
              + " its retention, or deleting its records, takes them away.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = SelectionJson.class)))
  @APIResponse(
      responseCode = "202",
      description = "The job that has begun",
      content = @Content(schema = @Schema(implementation = JobJson.class)))
  public Response discard(@RestPath String topic, InputStream body) throws IOException {
    requireChangeable(topic);
    Selection selection = ActionBody.read(body, Set.of()).selection();
    return started(() -> letters.discard(topic, selection));
  }

  private void requireChangeable(String topic) {
    topics.requireNotInternal(topic);
    int unusedPartitions = topics.requirePartitions(topic);
  }

  private static Response started(Supplier<JobView> start) {
    try {
      JobView job = start.get();
      return Response.accepted(JobJson.of(job))
          .location(URI.create("/api/v1/dead-letter-jobs/" + job.id()))
          .build();
    } catch (LetterException e) {
      throw switch (e.kind()) {
        case TOPIC_BUSY ->
            ApiException.conflict(
                "dead-letters-busy", e.getMessage() + "", "Wait until it is done, or cancel it.");
        case BUSY ->
            new ApiException(
                503,
                "too-many-jobs",
                ApiException.Category.RESOURCE,
                e.getMessage() + "",
                null,
                "Try again later, or cancel one.");
      };
    }
  }
}
