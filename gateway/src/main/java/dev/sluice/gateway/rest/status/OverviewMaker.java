package dev.sluice.gateway.rest.status;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.events.StandingEvents;
import dev.sluice.gateway.history.History;
import dev.sluice.gateway.log.Disk;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.metrics.CarriedMeters;
import dev.sluice.gateway.metrics.CarriedMeters.Route;
import dev.sluice.gateway.rest.group.GroupLook;
import dev.sluice.gateway.rest.group.GroupSummary;
import dev.sluice.gateway.rest.status.Overview.Flow;
import dev.sluice.gateway.rest.status.Overview.Flows;
import dev.sluice.gateway.rest.status.Overview.TopicSummary;
import dev.sluice.gateway.rest.topic.RetentionJson;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks around and says how everything is. Not thread-safe; {@link OverviewFeed} guards it. */
@Singleton
final class OverviewMaker {

  private final Topics topics;
  private final Connectors connectors;
  private final Groups groups;
  private final GroupLook groupLook;
  private final CarriedMeters carried;
  private final OtherFacts others;
  private final Rates<String> appended = new Rates<>();
  private final Rates<String> carrying = new Rates<>();
  private final Rates<Route> flowing = new Rates<>();
  private final Rates<Route> writing = new Rates<>();

  /** What is known of other things than topics, connectors and groups. */
  @Singleton
  record OtherFacts(History history, Disk disk, StandingEvents standing) {}

  OverviewMaker(
      Topics topics,
      Connectors connectors,
      Groups groups,
      GroupLook groupLook,
      CarriedMeters carried,
      OtherFacts others) {
    this.topics = topics;
    this.connectors = connectors;
    this.groups = groups;
    this.groupLook = groupLook;
    this.carried = carried;
    this.others = others;
  }

  /** How everything is at this moment. */
  Overview make(long nanos) {
    Map<String, TopicDescription> byName = new HashMap<>();
    List<TopicDescription> all = topics.list();
    Map<String, Long> ends = new HashMap<>();
    for (TopicDescription topic : all) {
      byName.put(topic.name(), topic);
      ends.put(
          topic.name(),
          topic.partitions().stream().mapToLong(PartitionDescription::endOffset).sum());
    }
    appended.look(nanos, ends);
    flowing.look(nanos, carried.records());
    writing.look(nanos, carried.written());
    Map<String, Map<TopicPartition, Long>> committed = groups.committed();
    List<ConnectorView> views = connectors.list();
    List<TopicSummary> topicSummaries = all.stream().map(this::summary).toList();
    carrying.look(
        nanos,
        views.stream().collect(Collectors.toMap(v -> v.spec().name(), OverviewMaker::carried)));
    List<ConnectorSummary> connectorSummaries =
        views.stream()
            .map(v -> ConnectorSummary.of(v, carrying.perSecond(v.spec().name())))
            .toList();
    List<GroupSummary> groupSummaries = groupLook.all(committed);
    long sampled = others.history.lastMillis();
    AttentionList attention =
        AttentionList.of(
            AttentionRules.of(
                new AttentionRules.Facts(
                    topicSummaries,
                    connectorSummaries,
                    groupSummaries,
                    others.history.growing(),
                    others.history.rejected(),
                    others.disk.space(),
                    topics.damage(),
                    others.standing.refusedConfiguration())));
    return new Overview(
        Instant.now(),
        sampled == 0 ? null : Instant.ofEpochMilli(sampled),
        attention.listed(),
        attention.omitted(),
        topicSummaries,
        connectorSummaries,
        views.stream()
            .map(
                view ->
                    flows(
                        view,
                        committed.getOrDefault(Groups.ofConnector(view.spec().name()), Map.of()),
                        byName))
            .toList(),
        groupSummaries);
  }

  private static long carried(ConnectorView connector) {
    return connector.tasks().stream().mapToLong(ConnectorView.TaskView::records).sum();
  }

  private TopicSummary summary(TopicDescription topic) {
    List<PartitionDescription> partitions = topic.partitions();
    return new TopicSummary(
        topic.name(),
        topic.internal(),
        partitions.size(),
        partitions.stream().mapToLong(p -> p.endOffset() - p.startOffset()).sum(),
        appended.perSecond(topic.name()),
        partitions.stream().mapToLong(PartitionDescription::sizeBytes).sum(),
        RetentionJson.of(topic.settings().retention()),
        topic.settings().compaction() != null,
        partitions.stream()
            .filter(p -> p.offlineReason() != null)
            .map(p -> topic.name() + "-" + p.partition() + ": " + p.offlineReason())
            .toList());
  }

  private Flows flows(
      ConnectorView view,
      Map<TopicPartition, Long> committed,
      Map<String, TopicDescription> byName) {
    ConnectorSpec spec = view.spec();
    ConnectorSummary summary = ConnectorSummary.of(view, null);
    Rates<Route> written = spec.kind() == ConnectorSpec.Kind.RULE ? writing : flowing;
    return new Flows(
        spec.name(),
        summary.reads().stream()
            .map(topic -> flow(flowing, spec, topic, lag(byName.get(topic), committed)))
            .toList(),
        summary.writes().stream().map(topic -> flow(written, spec, topic, null)).toList());
  }

  private static Flow flow(
      Rates<Route> rates, ConnectorSpec spec, String topic, @Nullable Long lag) {
    return new Flow(topic, rates.perSecond(new Route(spec.name(), topic)), lag);
  }

  private static @Nullable Long lag(
      @Nullable TopicDescription topic, Map<TopicPartition, Long> committed) {
    if (topic == null) {
      return null;
    }
    long lag = 0;
    for (PartitionDescription p : topic.partitions()) {
      long position =
          Math.max(
              p.startOffset(),
              committed.getOrDefault(new TopicPartition(topic.name(), p.partition()), 0L));
      lag += Math.max(0, p.endOffset() - position);
    }
    return lag;
  }
}
