package dev.sluice.gateway.boot;

import dev.sluice.gateway.config.TopicSpec;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import java.util.Collection;
import java.util.Optional;

/**
 * Makes the log's topics match what was declared, whoever has changed them since. A topic that is
 * no longer declared stays.
 */
final class DeclaredTopics {

  private final Topics topics;

  DeclaredTopics(Topics topics) {
    this.topics = topics;
  }

  void apply(Collection<TopicSpec> specs) {
    for (TopicSpec spec : specs) {
      Optional<TopicDescription> found = topics.find(spec.name());
      if (found.isEmpty()) {
        topics.create(spec.name(), spec.partitions(), spec.settings());
      } else if (!spec.differences(found.get()).isEmpty()) {
        topics.update(spec.name(), spec.over(found.get()).partitions(), spec.settings());
      }
    }
  }
}
