package dev.sluice.gateway.rest.connect;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Offsets in Kafka Connect's form (KIP-875). */
@Schema(name = "ConnectOffsets")
record OffsetsJson(@Nullable List<@Nullable Entry> offsets) {

  /** Where the connector stands in one of its partitions. */
  @Schema(name = "ConnectOffset")
  record Entry(
      @Schema(examples = "{\"kafka_topic\": \"orders\", \"kafka_partition\": 0}")
          @Nullable Map<String, Object> partition,
      @Schema(examples = "{\"kafka_offset\": 42}") @Nullable Map<String, Object> offset) {}
}
