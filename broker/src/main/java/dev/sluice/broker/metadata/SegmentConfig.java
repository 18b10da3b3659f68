package dev.sluice.broker.metadata;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * When segments of a topic are sealed; null means the log's default.
 *
 * @param maxBytes before they would be larger
 * @param maxAgeMillis when they are older
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentConfig(@Nullable Integer maxBytes, @Nullable Long maxAgeMillis) {

  /** Refuses limits below 1. */
  public SegmentConfig {
    TopicConfig.requirePositive("maxBytes", maxBytes);
    TopicConfig.requirePositive("maxAgeMillis", maxAgeMillis);
  }
}
