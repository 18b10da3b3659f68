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
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

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
    disk.space().ifPresent(space -> gauges.put(Series.of(Kind.DISK_FREE), space.freeBytes()));
    gauges.put(Series.of(Kind.LOG_SIZE), sum(allTopics, PartitionDescription::sizeBytes));
    addLag(allTopics, allConnectors, gauges);
    TreeSet<Series> amounts = new TreeSet<>(List.of(Series.of(Kind.RECORDS)));
    Map<Counter, Long> totals = new HashMap<>();
    allConnectors.forEach(connector -> addTotals(connector, amounts, totals));
    allTopics.stream()
        .filter(topic -> !topic.internal())
        .forEach(topic -> addTotals(topic, amounts, totals));
    return bounded(nowMillis, gauges, amounts, totals);
  }

  private static void addTotals(
      ConnectorView connector, Set<Series> amounts, Map<Counter, Long> totals) {
    Series records = Series.of(Kind.CONNECTOR_RECORDS, connector.spec().name());
    Series rejected = Series.of(Kind.CONNECTOR_REJECTED, connector.spec().name());
    amounts.add(records);
    amounts.add(rejected);
    for (TaskView task : connector.tasks()) {
      totals.put(new Counter(records, task.number()), task.records());
      totals.put(new Counter(rejected, task.number()), task.rejected());
    }
  }

  private static void addTotals(
      TopicDescription topic, Set<Series> amounts, Map<Counter, Long> totals) {
    Series records = Series.of(Kind.TOPIC_RECORDS, topic.name());
    amounts.add(records);
    for (PartitionDescription partition : topic.partitions()) {
      totals.put(
          new Counter(records, partition.partition()),
          partition.offlineReason() == null ? partition.endOffset() : Look.UNKNOWN);
    }
  }

  private void addLag(
      List<TopicDescription> allTopics,
      List<ConnectorView> allConnectors,
      Map<Series, Long> gauges) {
    Map<String, Map<TopicPartition, Long>> committed = new HashMap<>(groups.committed());
    Map<String, Map<Integer, PartitionDescription>> byTopic = new HashMap<>();
    allTopics.forEach(topic -> byTopic.put(topic.name(), byNumber(topic)));
    committed.replaceAll((group, positions) -> new HashMap<>(positions));
    for (ConnectorView connector : allConnectors) {
      ConnectorSpec spec = connector.spec();
      if (spec.kind() != ConnectorSpec.Kind.SOURCE) {
        // What a sink has not begun to read waits for it, too.
        Map<TopicPartition, Long> positions =
            committed.computeIfAbsent(Groups.ofConnector(spec.name()), group -> new HashMap<>());
        for (String topic : spec.topics()) {
          byTopic
              .getOrDefault(topic, Map.of())
              .keySet()
              .forEach(number -> positions.putIfAbsent(new TopicPartition(topic, number), 0L));
        }
      }
    }
    committed.forEach(
        (group, positions) ->
            positions.forEach(
                (tp, offset) -> {
                  PartitionDescription partition =
                      byTopic.getOrDefault(tp.topic(), Map.of()).get(tp.partition());
                  if (partition != null && partition.offlineReason() == null) {
                    gauges.put(
                        Series.lag(group, tp.topic(), tp.partition()), lag(partition, offset));
                  }
                }));
  }

  private static Map<Integer, PartitionDescription> byNumber(TopicDescription topic) {
    return topic.partitions().stream()
        .collect(Collectors.toMap(PartitionDescription::partition, partition -> partition));
  }

  private static long lag(PartitionDescription partition, long offset) {
    return Math.max(0, partition.endOffset() - Math.max(offset, partition.startOffset()));
  }

  private Look bounded(
      long nowMillis,
      TreeMap<Series, Long> gauges,
      TreeSet<Series> amounts,
      Map<Counter, Long> totals) {
    Set<Series> room = new HashSet<>();
    TreeSet<Series> all = new TreeSet<>(gauges.keySet());
    all.addAll(amounts);
    long nameBytes = 0;
    for (Series series : all) {
      nameBytes += 8 + series.name().length() * 3L + series.topic().length() * 3L;
      if (room.size() == maxSeries || nameBytes > MAX_NAME_BYTES) {
        break;
      }
      room.add(series);
    }
    int leftOut = all.size() - room.size();
    if (leftOut > 0) {
      gauges.keySet().retainAll(room);
      amounts.retainAll(room);
    }
    return new Look(nowMillis, gauges, amounts, totals, leftOut);
  }

  private static long sum(List<TopicDescription> topics, ToLongFunction<PartitionDescription> of) {
    return topics.stream().flatMap(topic -> topic.partitions().stream()).mapToLong(of).sum();
  }
}
