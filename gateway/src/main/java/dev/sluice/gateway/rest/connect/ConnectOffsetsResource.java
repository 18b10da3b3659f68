package dev.sluice.gateway.rest.connect;

import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.connect.PositionsElsewhereException;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownConnectors;
import dev.sluice.gateway.rest.KnownTopics;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Kafka Connect's API for offsets (KIP-875). */
@Path("/connectors/{connector}/offsets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Kafka Connect")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ConnectOffsetsResource {

  private final Connectors connectors;
  private final KnownConnectors known;
  private final KnownTopics topics;

  ConnectOffsetsResource(Connectors connectors, KnownConnectors known, KnownTopics topics) {
    this.connectors = connectors;
    this.known = known;
    this.topics = topics;
  }

  @GET
  @Operation(
      summary = "Show a connector's offsets",
      description = "Its durable positions: a source's own, or those of a sink in its topics.")
  @APIResponse(responseCode = "200", description = "The offsets")
  public OffsetsJson get(@RestPath String connector) {
    return isSource(connector)
        ? OffsetsMapping.ofSource(connectors.sourcePositions(connector))
        : OffsetsMapping.ofSink(connectors.sinkPositions(connector));
  }

  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change a connector's offsets",
      description =
          "Those that are named; an offset that is null is forgotten. The connector must have been"
              + " stopped.")
  @APIResponse(responseCode = "200", description = "They have been changed")
  public ConnectJson.Message alter(@RestPath String connector, @Nullable OffsetsJson wanted) {
    boolean source = isSource(connector);
    if (wanted == null) {
      throw ApiException.invalid("/offsets", "There are no offsets.", "Give at least one.");
    }
    if (source) {
      List<SourcePosition> positions = OffsetsMapping.toSource(wanted);
      whenStopped(connector, () -> connectors.alterSourcePositions(connector, positions));
    } else {
      Map<TopicPartition, Long> positions = OffsetsMapping.toSink(wanted);
      positions.keySet().forEach(this::requirePartition);
      whenStopped(connector, () -> connectors.alterSinkPositions(connector, positions));
    }
    return new ConnectJson.Message("The offsets for this connector have been altered successfully");
  }

  @DELETE
  @Operation(
      summary = "Reset a connector's offsets",
      description = "It starts from the beginning. The connector must have been stopped.")
  @APIResponse(responseCode = "200", description = "They have been reset")
  public ConnectJson.Message reset(@RestPath String connector) {
    known.require(connector);
    whenStopped(connector, () -> connectors.resetPositions(connector));
    return new ConnectJson.Message("The offsets for this connector have been reset successfully");
  }

  private boolean isSource(String connector) {
    return known.require(connector).spec().kind() == ConnectorSpec.Kind.SOURCE;
  }

  private void requirePartition(TopicPartition tp) {
    if (tp.partition() >= topics.requirePartitions(tp.topic())) {
      throw ApiException.unknown(
          "partition", "There is no partition " + tp + ".", "GET /api/v1/topics shows them.");
    }
  }

  private static void whenStopped(String connector, Runnable change) {
    try {
      change.run();
    } catch (PositionsElsewhereException elsewhere) {
      throw ApiException.conflict(
          "positions-in-target",
          String.valueOf(elsewhere.getMessage()),
          "Change them there, while the connector is stopped.");
    } catch (IllegalStateException running) {
      throw ApiException.conflict(
          "connector-not-stopped",
          "The connector '" + connector + "' has not stopped, so its offsets can't be changed.",
          "PUT /connectors/" + connector + "/stop first, and wait for its tasks to stop.");
    }
  }
}
