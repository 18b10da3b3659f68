package dev.sluice.gateway.history;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.log.Disk;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Topics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Looks at topics, connectors, groups and disk for {@link History}. Thread-safe. */
@Singleton
final class Sampler {

  /** More than these are not kept track of, nor are more than that many bytes of names. */
  static final int MAX_SERIES = 20_000;

  static final int MAX_NAME_BYTES = 2 << 20;

  private final Topics topics;
  private final Connectors connectors;
  private final Groups groups;
  private final Disk disk;
  private final int maxSeries;

  @Inject
  Sampler(Topics topics, Connectors connectors, Groups groups, Disk disk) {
    this(topics, connectors, groups, disk, MAX_SERIES);
  }

  Sampler(Topics topics, Connectors connectors, Groups groups, Disk disk, int maxSeries) {
    this.topics = topics;
    this.connectors = connectors;
    this.groups = groups;
    this.disk = disk;
    this.maxSeries = maxSeries;
  }

  /** What there is now. */
  Look look(long nowMillis) {
    List<TopicDescription> allTopics = topics.list();
    List<ConnectorView> allConnectors = connectors.list();
    TreeMap<Series, Long> gauges = new TreeMap<>();
    TreeMap<Series, Long> totals = new TreeMap<>();
    disk.space().ifPresent(space -> gauges.put(Series.of(Kind.DISK_FREE), space.freeBytes()));
    gauges.put(Series.of(Kind.LOG_SIZE), sum(allTopics, PartitionDescription::sizeBytes));
    List<TopicDescription> people = allTopics.stream().filter(t -> !t.internal()).toList();
    totals.put(Series.of(Kind.RECORDS), sum(people, PartitionDescription::endOffset));
    for (ConnectorView connector : allConnectors) {
      String name = connector.spec().name();
      totals.put(Series.of(Kind.CONNECTOR_RECORDS, name), sum(connector, TaskView::records));
      totals.put(Series.of(Kind.CONNECTOR_REJECTED, name), sum(connector, TaskView::rejected));
    }
    for (TopicDescription topic : people) {
      totals.put(
          Series.of(Kind.TOPIC_RECORDS, topic.name()),
          sum(List.of(topic), PartitionDescription::endOffset));
    }
    addLag(allTopics, allConnectors, gauges);
    return bounded(nowMillis, gauges, totals);
  }

  private void addLag(
      List<TopicDescription> allTopics,
      List<ConnectorView> allConnectors,
      Map<Series, Long> gauges) {
    Map<String, Map<TopicPartition, Long>> committed = new HashMap<>(groups.committed());
    Map<String, TopicDescription> byName = new HashMap<>();
    allTopics.forEach(topic -> byName.put(topic.name(), topic));
    committed.replaceAll((group, positions) -> new HashMap<>(positions));
    for (ConnectorView connector : allConnectors) {
      ConnectorSpec spec = connector.spec();
      if (spec.kind() != ConnectorSpec.Kind.SOURCE) {
        // What a sink has not begun to read waits for it, too.
        Map<TopicPartition, Long> positions =
            committed.computeIfAbsent(Groups.ofConnector(spec.name()), group -> new HashMap<>());
        for (String topic : spec.topics()) {
          partitions(byName, topic)
              .forEach(p -> positions.putIfAbsent(new TopicPartition(topic, p.partition()), 0L));
        }
      }
    }
    committed.forEach(
        (group, positions) ->
            positions.forEach(
                (tp, offset) ->
                    partitions(byName, tp.topic()).stream()
                        .filter(p -> p.partition() == tp.partition() && p.offlineReason() == null)
                        .forEach(
                            p ->
                                gauges.put(
                                    Series.lag(group, tp.topic(), tp.partition()),
                                    Math.max(
                                        0, p.endOffset() - Math.max(offset, p.startOffset()))))));
  }

  private static List<PartitionDescription> partitions(
      Map<String, TopicDescription> byName, String topic) {
    TopicDescription found = byName.get(topic);
    return found == null ? List.of() : found.partitions();
  }

  private Look bounded(long nowMillis, TreeMap<Series, Long> gauges, TreeMap<Series, Long> totals) {
    Set<Series> room = new HashSet<>();
    TreeMap<Series, Long> all = new TreeMap<>(gauges);
    all.putAll(totals);
    long nameBytes = 0;
    for (Series series : all.keySet()) {
      nameBytes += 8 + series.name().length() * 3L + series.topic().length() * 3L;
      if (room.size() == maxSeries || nameBytes > MAX_NAME_BYTES) {
        break;
      }
      room.add(series);
    }
    int leftOut = all.size() - room.size();
    if (leftOut > 0) {
      gauges.keySet().retainAll(room);
      totals.keySet().retainAll(room);
    }
    return new Look(nowMillis, gauges, totals, leftOut);
  }

  private static long sum(List<TopicDescription> topics, ToLongFunction<PartitionDescription> of) {
    return topics.stream().flatMap(topic -> topic.partitions().stream()).mapToLong(of).sum();
  }

  private static long sum(ConnectorView connector, ToLongFunction<TaskView> of) {
    return connector.tasks().stream().mapToLong(of).sum();
  }
}
