package dev.sluice.gateway.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic as it is now.
 *
 * @param name its name
 * @param settings its settings
 * @param partitions its partitions, by number
 */
public record TopicDescription(
    String name, TopicSettings settings, List<PartitionDescription> partitions) {

  /**
   * A partition as it is now.
   *
   * @param partition its number
   * @param startOffset the offset of the oldest record that may be read
   * @param endOffset the offset that the next visible record will have (the high watermark)
   * @param sizeBytes what it takes on disk
   * @param offlineReason why it can be neither read nor written, or null when it can
   */
  public record PartitionDescription(
      int partition,
      long startOffset,
      long endOffset,
      long sizeBytes,
      @Nullable String offlineReason) {}

  /** Names that start with an underscore belong to the gateway itself. */
  public boolean internal() {
    return name.startsWith("_");
  }
}
