package dev.sluice.gateway.search;

import java.time.Duration;
import java.util.List;

/**
 * What to look for, and where.
 *
 * @param ranges one of each partition
 * @param limit end after so many matches, at least one
 * @param timeLimit end after so long
 */
public record Search(
    List<PartitionRange> ranges, Order order, Condition condition, int limit, Duration timeLimit) {

  /**
   * Which come first. Exactly so within a partition; across partitions by time as far as whole
   * stretches of records go.
   */
  public enum Order {
    NEWEST,
    OLDEST
  }

  public Search {
    ranges = List.copyOf(ranges);
    if (limit < 1) {
      throw new IllegalArgumentException("No limit: " + limit);
    }
  }
}
