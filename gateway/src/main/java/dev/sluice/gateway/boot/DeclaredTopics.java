package dev.sluice.gateway.boot;

import dev.sluice.gateway.config.TopicSpec;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;

/** Makes the log's topics match what was declared. A topic that is no longer declared stays. */
final class DeclaredTopics {

  private final Topics topics;
  private final Events events;
  private final Clock clock;

  DeclaredTopics(Topics topics, Events events, Clock clock) {
    this.topics = topics;
    this.events = events;
    this.clock = clock;
  }

  void apply(Collection<TopicSpec> specs) {
    for (TopicSpec spec : specs) {
      Optional<TopicDescription> found = topics.find(spec.name());
      if (found.isEmpty()) {
        topics.create(spec.name(), spec.partitions(), spec.settings());
        report("topic.created", spec, "Topic " + spec.name() + " was created.");
      } else if (differs(found.get(), spec)) {
        topics.update(
            spec.name(),
            Math.max(spec.partitions(), found.get().partitions().size()),
            spec.settings());
        report("topic.changed", spec, "Topic " + spec.name() + " was changed.");
      }
    }
  }

  private static boolean differs(TopicDescription found, TopicSpec spec) {
    return found.partitions().size() < spec.partitions()
        || !found.settings().equals(spec.settings());
  }

  private void report(String type, TopicSpec spec, String message) {
    events.publish(new Event(type, spec.name(), message, clock.instant()));
  }
}
