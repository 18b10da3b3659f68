package dev.sluice.gateway.rest.status;

import dev.sluice.gateway.rest.status.Overview.TopicSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What makes one overview the next. Most topics are the same from one second to the next, and with
 * thousands of them a whole overview a second would be most of what goes over the wire.
 */
@Schema(description = "What has changed since the overview before.")
record OverviewChange(
    Instant time,
    @Schema(description = "Topics that are new or have changed, by name.")
        List<TopicSummary> topics,
    @Schema(description = "Connectors that are new or have changed, by name.")
        List<ConnectorSummary> connectors,
    @Schema(description = "Names of topics that are gone.") List<String> goneTopics,
    @Schema(description = "Names of connectors that are gone.") List<String> goneConnectors) {

  static OverviewChange between(Overview before, Overview after) {
    return new OverviewChange(
        after.time(),
        changed(before.topics(), after.topics()),
        changed(before.connectors(), after.connectors()),
        gone(before.topics(), after.topics(), TopicSummary::name),
        gone(before.connectors(), after.connectors(), ConnectorSummary::name));
  }

  private static <T> List<T> changed(List<T> before, List<T> after) {
    Set<T> known = Set.copyOf(before);
    return after.stream().filter(one -> !known.contains(one)).toList();
  }

  private static <T> List<String> gone(List<T> before, List<T> after, Function<T, String> name) {
    Map<String, T> left = after.stream().collect(Collectors.toMap(name, Function.identity()));
    return before.stream().map(name).filter(one -> !left.containsKey(one)).toList();
  }
}
