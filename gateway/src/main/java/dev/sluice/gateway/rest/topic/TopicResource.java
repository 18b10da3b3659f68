package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownTopics;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/topics}. */
@Path("/api/v1/topics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Topics", description = "Partitioned logs of records.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class TopicResource {

  private final Topics topics;
  private final KnownTopics known;
  private final ObjectMapper json;

  TopicResource(Topics topics, KnownTopics known, ObjectMapper json) {
    this.topics = topics;
    this.known = known;
    this.json = json;
  }

  @GET
  @Operation(summary = "List topics", description = "All topics by name, internal ones included.")
  @APIResponse(responseCode = "200", description = "The topics")
  public List<TopicJson> list() {
    return topics.list().stream().map(TopicJson::of).toList();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Create a topic",
      description = "The topic is durable when this answers. 409 if it is there already.")
  @RequestBody(content = @Content(schema = @Schema(implementation = NewTopic.class)))
  @APIResponse(
      responseCode = "201",
      description = "The topic that was created",
      content = @Content(schema = @Schema(implementation = TopicJson.class)))
  public Response create(@Nullable JsonNode wanted) {
    JsonNode body = required(wanted);
    TopicBody.requireMembers(body, Set.of("name", "partitions"));
    String name = body.path("name").asText();
    if (name.isEmpty()) {
      throw ApiException.invalid("/name", "The topic has no name.", "Give it a 'name'.");
    }
    known.requireNotInternal(name);
    TopicDescription created =
        topics.create(name, TopicBody.partitions(body, 1), TopicBody.settings(body));
    return Response.created(URI.create("/api/v1/topics/" + name))
        .entity(TopicJson.of(created))
        .build();
  }

  private static JsonNode required(@Nullable JsonNode body) {
    if (body == null) {
      throw ApiException.invalid("/", "The body is empty.", "Send a JSON object.");
    }
    return body;
  }

  @GET
  @Path("/{topic}")
  @Operation(summary = "Show a topic", description = "Its settings, size and partitions.")
  @APIResponse(responseCode = "200", description = "The topic")
  public TopicJson get(@RestPath String topic) {
    return TopicJson.of(known.require(topic));
  }

  @PATCH
  @Path("/{topic}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(
      summary = "Change a topic",
      description =
          "Takes effect at once. Partitions can only be added. If the configuration file declares"
              + " the topic, what is declared comes back when the configuration is applied next, or"
              + " at the next start.")
  @RequestBody(content = @Content(schema = @Schema(implementation = NewTopic.Change.class)))
  @APIResponse(responseCode = "200", description = "The topic as it is now")
  public TopicJson change(@RestPath String topic, @Nullable JsonNode patch) {
    known.requireNotInternal(topic);
    TopicDescription now = known.require(topic);
    JsonNode changes = required(patch);
    TopicBody.requireMembers(changes, Set.of("partitions"));
    JsonNode changed =
        TopicChange.merge(json.valueToTree(SettingsJson.of(now.settings())), changes);
    int partitions = TopicBody.partitions(changes, now.partitions().size());
    return TopicJson.of(topics.update(topic, partitions, TopicBody.settings(changed)));
  }

  @DELETE
  @Path("/{topic}")
  @Operation(summary = "Delete a topic", description = "With all its records, for good.")
  @APIResponse(responseCode = "204", description = "It is gone")
  public void delete(@RestPath String topic) {
    known.requireNotInternal(topic);
    topics.delete(known.require(topic).name());
  }
}
