package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.rest.topic.RetentionJson;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Topics and connectors at one moment. */
@Schema(description = "Topics and connectors at one moment.")
record Overview(
    Instant time,
    @Schema(description = "By name, internal ones included.") List<TopicSummary> topics,
    @Schema(description = "By name.") List<ConnectorSummary> connectors) {

  /** A topic in a line. */
  @Schema(description = "A topic in a line.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TopicSummary(
      @Schema(examples = "orders") String name,
      @Schema(description = "Whether it belongs to the gateway itself.") boolean internal,
      @Schema(examples = "6") int partitions,
      @Schema(description = "How many records can be read.", examples = "1250") long records,
      @Schema(
              description = "Records appended a second, over the last seconds; absent at first.",
              examples = "12.5")
          @Nullable Double recordsPerSecond,
      @Schema(description = "What it takes on disk.", examples = "98304") long sizeBytes,
      RetentionJson retention,
      @Schema(description = "Whether only the latest record of each key is kept.")
          boolean compacted,
      @Schema(description = "Partitions that can be neither read nor written, and why.")
          List<String> offline) {}
}
