package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.rest.group.GroupSummary;
import dev.sluice.gateway.rest.topic.RetentionJson;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Everything at one moment. */
@Schema(description = "What needs attention, and topics, connectors and groups, at one moment.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Overview(
    Instant time,
    @Schema(description = "When history was last sampled; absent if it has not been yet.")
        @Nullable Instant sampledAt,
    @Schema(description = "The worst first; of each kind not more than 20.")
        List<Attention> attention,
    @Schema(
            description =
                "How many more there are of kinds of which not all are listed, in the list's"
                    + " order.")
        List<AttentionList.Omitted> omittedAttention,
    @Schema(description = "By name, internal ones included.") List<TopicSummary> topics,
    @Schema(description = "By name.") List<ConnectorSummary> connectors,
    @Schema(description = "What flows between connectors and topics, by connector.")
        List<Flows> flows,
    @Schema(description = "Consumer groups by name.") List<GroupSummary> groups) {

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

  /** What flows into and out of a connector. */
  @Schema(description = "What flows into and out of a connector.")
  record Flows(
      @Schema(examples = "warehouse") String connector,
      @Schema(description = "From topics that it reads.") List<Flow> reads,
      @Schema(description = "To topics that it writes.") List<Flow> writes) {}

  /** What flows from or to a topic. */
  @Schema(description = "What flows from or to a topic.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Flow(
      @Schema(examples = "orders") String topic,
      @Schema(
              description =
                  "Records carried a second, over the last seconds; absent if none were yet.",
              examples = "12.5")
          @Nullable Double recordsPerSecond,
      @Schema(description = "Records that wait there to be read; absent where it writes.")
          @Nullable Long lag) {}
}
