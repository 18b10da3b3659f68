package dev.sluice.gateway.metrics;

import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Topics and connectors, by name, at one moment. */
record Snapshot(Map<String, TopicDescription> topics, Map<String, ConnectorView> connectors) {

  static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of());

  static Snapshot take(Topics topics, Connectors connectors) {
    return new Snapshot(
        topics.list().stream()
            .collect(Collectors.toMap(TopicDescription::name, Function.identity())),
        connectors.list().stream()
            .collect(Collectors.toMap(view -> view.spec().name(), Function.identity())));
  }
}
