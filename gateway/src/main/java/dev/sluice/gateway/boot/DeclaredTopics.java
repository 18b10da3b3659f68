package dev.sluice.gateway.boot;

import dev.sluice.gateway.config.TopicSpec;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import java.util.Collection;
import java.util.Optional;

/** Makes the log's topics match what was declared. A topic that is no longer declared stays. */
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
      } else if (differs(found.get(), spec)) {
        topics.update(
            spec.name(),
            Math.max(spec.partitions(), found.get().partitions().size()),
            spec.settings());
      }
    }
  }

  private static boolean differs(TopicDescription found, TopicSpec spec) {
    return found.partitions().size() < spec.partitions()
        || !found.settings().equals(spec.settings());
  }
}
