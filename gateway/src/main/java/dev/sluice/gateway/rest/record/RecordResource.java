package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownTopics;
import dev.sluice.gateway.rest.Parameters;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/topics/{topic}/records}. */
@Path("/api/v1/topics/{topic}/records")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Records", description = "Read, follow and write records.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class RecordResource {

  /** About so many bytes of keys and values are answered at once. */
  private static final int MAX_PAGE_BYTES = 8 << 20;

  private static final int MAX_PAGE_RECORDS = 10_000;

  private final Records records;
  private final KnownTopics topics;
  private final StartPositions starts;
  private final RecordProducer producer;
  private final RecordDeletion deletion;

  RecordResource(
      Records records,
      KnownTopics topics,
      StartPositions starts,
      RecordProducer producer,
      RecordDeletion deletion) {
    this.records = records;
    this.topics = topics;
    this.starts = starts;
    this.producer = producer;
    this.deletion = deletion;
  }

  @GET
  @Operation(
      summary = "Read records",
      description =
          "Without waiting. Records of a partition come in their order, those of different"
              + " partitions by timestamp. A page ends at the limit or at about 8 MiB. To go on,"
              + " pass 'next' as 'from'. What can't be decoded is listed under 'unreadable', and"
              + " does not keep 'next' from moving on. So are partitions that are offline, which"
              + " 'next' keeps where they are; if all that are asked for are, that is a problem. As"
              + " text, keys, values and headers are strings even if they are JSON, exactly as they"
              + " are stored.")
  @APIResponse(responseCode = "200", description = "The records")
  public RecordPage read(
      @RestPath String topic,
      @Parameter(description = "Only this partition.", example = "0") @RestQuery
          @Nullable String partition,
      @Parameter(description = "Start at this offset of the partition.", example = "42") @RestQuery
          @Nullable String offset,
      @Parameter(
              description =
                  "Start here: earliest (as without it), latest, milliseconds since the epoch, an"
                      + " ISO-8601 time, or the 'next' of an earlier answer.",
              example = "earliest")
          @RestQuery
          @Nullable String from,
      @Parameter(
              description =
                  "Read back from here, the newest first: latest, or the 'next' of an earlier answer"
                      + " that was read so, which is empty once there are no older ones; none"
                      + " are answered then.",
              example = "latest")
          @RestQuery
          @Nullable String before,
      @Parameter(description = "At most so many records, up to 10000.")
          @RestQuery
          @DefaultValue("100")
          String limit,
      @Parameter(description = IsolationParameter.HELP, example = "read_committed") @RestQuery
          @Nullable String isolation,
      @Parameter(description = FormParameter.HELP, example = "text") @RestQuery
          @Nullable String form,
      @Context UriInfo uri) {
    boolean isText = FormParameter.isText(form);
    int count = (int) Parameters.number("limit", limit, 1, MAX_PAGE_RECORDS);
    Records view = IsolationParameter.view(records, isolation);
    TimestampMerge.Batch batch;
    // An empty one, as is the last 'next', comes as null.
    boolean isBack = uri.getQueryParameters().containsKey("before");
    if (!isBack) {
      Positions start = starts.of(view).resolve(topic, partition, offset, from, "earliest");
      batch = new TimestampMerge(view, count, MAX_PAGE_BYTES).read(topic, start);
    } else if (offset == null && from == null) {
      String place = before == null ? "" : before;
      Positions end = starts.of(view).before(topic, partition, place);
      batch = new BackwardMerge(view, count, MAX_PAGE_BYTES).read(topic, end);
    } else {
      throw ApiException.invalid(
          "before", "Both 'before' and where to start are given.", "Give one.");
    }
    return RecordPage.of(batch, isText ? RecordJson::asText : RecordJson::of);
  }

  /** Where the records of a request went. */
  @Schema(description = "Where the records went.")
  record Produced(
      @Schema(description = "In the order of the request.") List<RecordProducer.Placed> records) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Write records",
      description =
          "One record, an array, or {\"records\": [...]}; up to 10000 records and 10 MiB. Answers"
              + " when all are durable. A value that is a JSON string is stored as text, with"
              + " \"encoding\": \"base64\" as the bytes that it encodes, any other as JSON; null"
              + " is a tombstone. Likewise the key. Without a partition the key decides, without"
              + " a key the partitions take turns.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema =
                  @Schema(
                      type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT),
              examples = {
                @ExampleObject(
                    name = "one",
                    value = "{\"key\": \"4711\", \"value\": {\"id\": 4711, \"total\": 9.5}}"),
                @ExampleObject(
                    name = "several",
                    value =
                        "[{\"value\": \"text\", \"headers\": [{\"key\": \"trace\", \"value\":"
                            + " \"abc\"}]}, {\"value\": \"AAEC\", \"encoding\": \"base64\","
                            + " \"partition\": 0}]")
              }))
  @APIResponse(responseCode = "200", description = "Where each record went")
  public Produced write(@RestPath String topic, InputStream body)
      throws IOException, InterruptedException {
    topics.requireNotInternal(topic);
    int partitions = topics.requirePartitions(topic);
    List<RecordInput> input = RecordParser.parse(body);
    return new Produced(producer.append(topic, partitions, input));
  }

  /** What a deletion has left. */
  @Schema(description = "Where partitions begin now.")
  record Deleted(
      @Schema(description = "Those that were named.") List<RecordDeletion.NewStart> partitions) {}

  @DELETE
  @Operation(
      summary = "Delete the oldest records",
      description =
          "Nobody can read them any more when this answers; the disk gets their space back by whole"
              + " files. Refused for the gateway's own topics, and for those that only 'compact'"
              + " shortens.")
  @APIResponse(responseCode = "200", description = "Where the partitions begin now")
  public Deleted delete(
      @RestPath String topic,
      @Parameter(
              description = "partition:offset pairs; what is before each offset goes.",
              required = true,
              example = "0:42,1:17")
          @RestQuery
          @Nullable String before) {
    return new Deleted(deletion.delete(topic, before));
  }
}
