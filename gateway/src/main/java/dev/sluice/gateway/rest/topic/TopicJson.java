package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A topic as it is now. */
@Schema(name = "Topic", description = "A topic as it is now.")
record TopicJson(
    @Schema(examples = "orders") String name,
    @Schema(description = "Whether it belongs to the gateway itself.") boolean internal,
    @Schema(description = "How many partitions it has.", examples = "6") int partitions,
    @JsonUnwrapped SettingsJson settings,
    @Schema(description = "How many records can be read.", examples = "1250") long records,
    @Schema(description = "What it takes on disk, in bytes.", examples = "98304") long sizeBytes,
    @Schema(description = "Its partitions, by number.") List<PartitionJson> partitionDetails) {

  /** A partition as it is now. */
  @Schema(name = "Partition", description = "A partition as it is now.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PartitionJson(
      @Schema(examples = "0") int partition,
      @Schema(description = "The oldest offset that can be read.", examples = "0") long startOffset,
      @Schema(description = "The offset that the next record will have.", examples = "1250")
          long endOffset,
      @Schema(description = "What it takes on disk, in bytes.", examples = "98304") long sizeBytes,
      @Schema(description = "Why it can be neither read nor written; absent when it can.")
          @Nullable String offlineReason) {

    static PartitionJson of(PartitionDescription partition) {
      return new PartitionJson(
          partition.partition(),
          partition.startOffset(),
          partition.endOffset(),
          partition.sizeBytes(),
          partition.offlineReason());
    }
  }

  static TopicJson of(TopicDescription topic) {
    List<PartitionDescription> partitions = topic.partitions();
    return new TopicJson(
        topic.name(),
        topic.internal(),
        partitions.size(),
        SettingsJson.of(topic.settings()),
        partitions.stream().mapToLong(p -> p.endOffset() - p.startOffset()).sum(),
        partitions.stream().mapToLong(PartitionDescription::sizeBytes).sum(),
        partitions.stream().map(PartitionJson::of).toList());
  }
}
