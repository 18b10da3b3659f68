package dev.sluice.gateway.config;

import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDifference;
import dev.sluice.gateway.log.TopicSettings;
import java.util.List;

/**
 * A declared topic.
 *
 * @param partitions how many, at least 1
 */
public record TopicSpec(String name, int partitions, TopicSettings settings) {

  /**
   * What it asks for of a topic that is there, whoever made or changed that; partitions are never
   * taken away.
   */
  public TopicSpec over(TopicDescription now) {
    return new TopicSpec(name, Math.max(partitions, now.partitions().size()), settings);
  }

  /** What applying it would change of a topic that is there; empty if nothing. */
  public List<TopicDifference> differences(TopicDescription now) {
    return TopicDifference.between(now, over(now).partitions(), settings);
  }
}
