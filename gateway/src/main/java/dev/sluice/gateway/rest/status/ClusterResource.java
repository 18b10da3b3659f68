package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.kafka.KafkaEndpoint;
import dev.sluice.gateway.kafka.KafkaEndpoint.Listener;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/cluster}. */
@Path("/api/v1/cluster")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Status")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ClusterResource {

  private final KafkaEndpoint kafka;

  ClusterResource(KafkaEndpoint kafka) {
    this.kafka = kafka;
  }

  /** The cluster. */
  @Schema(name = "Cluster", description = "The cluster that this gateway is, or is part of.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ClusterJson(
      @Schema(
              description = "Its identity, as Kafka's clients see it; absent before it is known.",
              examples = "jRKBO0qJQxKxwjrYHqBJMA")
          @Nullable String clusterId,
      KafkaJson kafka) {}

  /** Where Kafka's clients connect. */
  @Schema(name = "KafkaEndpoint", description = "Where Kafka's clients connect.")
  record KafkaJson(
      @Schema(description = "Whether clients are answered.") boolean serving,
      @Schema(
              description = "What to give a client as bootstrap.servers.",
              examples = "127.0.0.1:9092")
          String bootstrapServers,
      @Schema(description = "The main one first.") List<ListenerJson> listeners) {}

  /** An address to connect to. */
  @Schema(name = "KafkaListener", description = "An address to connect to.")
  record ListenerJson(
      @Schema(examples = "main") String name,
      @Schema(description = "What it is bound to.", examples = "127.0.0.1:9092") String address,
      @Schema(description = "What clients are told to connect to.", examples = "127.0.0.1:9092")
          String advertised) {}

  @GET
  @Operation(
      summary = "Show the cluster",
      description = "Its identity, and where Kafka's clients connect.")
  @APIResponse(responseCode = "200", description = "The cluster")
  public ClusterJson get() {
    List<Listener> listeners = kafka.listeners();
    return new ClusterJson(
        kafka.clusterId().orElse(null),
        new KafkaJson(
            kafka.isServing(),
            listeners.getFirst().advertised(),
            listeners.stream()
                .map(each -> new ListenerJson(each.name(), each.address(), each.advertised()))
                .toList()));
  }
}
