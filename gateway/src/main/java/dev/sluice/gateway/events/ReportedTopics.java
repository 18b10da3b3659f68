package dev.sluice.gateway.events;

import dev.sluice.gateway.log.DamagedPlace;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDifference;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Another {@link Topics}, whose changes are reported, whoever makes them; internal topics apart.
 */
public final class ReportedTopics implements Topics {

  /** Settings may hold long lists of groups; an event names no more of them than this. */
  private static final int LONGEST = 1_000;

  private final Topics topics;
  private final Events events;
  private final Clock clock;

  public ReportedTopics(Topics topics, Events events, Clock clock) {
    this.topics = topics;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<TopicDescription> list() {
    return topics.list();
  }

  @Override
  public Optional<TopicDescription> find(String name) {
    return topics.find(name);
  }

  @Override
  public int partitionCount(String name) {
    return topics.partitionCount(name);
  }

  @Override
  public List<DamagedPlace> damage() {
    return topics.damage();
  }

  @Override
  public TopicDescription create(String name, int partitions, TopicSettings settings) {
    TopicDescription created = topics.create(name, partitions, settings);
    report("topic.created", name, "Topic " + name + " was created.");
    return created;
  }

  @Override
  public TopicDescription update(String name, int partitions, TopicSettings settings) {
    Optional<TopicDescription> before = topics.find(name);
    TopicDescription changed = topics.update(name, partitions, settings);
    report("topic.changed", name, "Topic " + name + " was changed" + differences(before, changed));
    return changed;
  }

  private static String differences(Optional<TopicDescription> before, TopicDescription after) {
    String differences =
        before.stream()
            .flatMap(
                now ->
                    TopicDifference.between(now, after.partitions().size(), after.settings())
                        .stream())
            .map(TopicDifference::toString)
            .collect(Collectors.joining(", "));
    return differences.isEmpty()
        ? "."
        : differences.length() > LONGEST
            ? ": " + differences.substring(0, LONGEST) + "…"
            : ": " + differences + ".";
  }

  @Override
  public void delete(String name) {
    topics.delete(name);
    report("topic.deleted", name, "Topic " + name + " was deleted with all its records.");
  }

  private void report(String type, String name, String message) {
    if (!name.startsWith("_")) {
      events.publish(new Event(type, name, message, clock.instant()));
    }
  }
}
