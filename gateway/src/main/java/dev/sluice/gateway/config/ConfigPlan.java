package dev.sluice.gateway.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What would change if a configuration took the place of another. Contains no secrets.
 *
 * @param server settings of the process that differ; they need a restart
 * @param topics changes to topics, by name
 * @param connectors changes to sources, sinks and rules, by name
 * @param conflicts changes that can't be made, in words
 */
public record ConfigPlan(
    List<String> server, List<Change> topics, List<Change> connectors, List<String> conflicts) {

  /**
   * What happens to one topic or connector.
   *
   * @param what it is, in words
   */
  public record Change(Action action, String name, String what) {}

  /** What happens. */
  public enum Action {
    CREATE("+"),
    CHANGE("~"),
    /** A connector is stopped; a topic is no longer declared, and its records stay. */
    REMOVE("-"),
    KEEP("=");

    private final String sign;

    Action(String sign) {
      this.sign = sign;
    }
  }

  /** The plan for a gateway that runs nothing yet. */
  public static ConfigPlan first(GatewayConfig config) {
    return new ConfigPlan(
        PlanWords.of(config.server()),
        changes(Map.of(), config.topics(), PlanWords::of),
        changes(Map.of(), config.connectors(), PlanWords::of),
        List.of());
  }

  /** The plan for a gateway that runs another configuration. */
  public static ConfigPlan between(GatewayConfig previous, GatewayConfig next) {
    List<String> server = new ArrayList<>(PlanWords.of(next.server()));
    server.addAll(PlanWords.details(next.server().kafka()));
    server.removeAll(PlanWords.of(previous.server()));
    server.removeAll(PlanWords.details(previous.server().kafka()));
    return new ConfigPlan(
        List.copyOf(server),
        changes(previous.topics(), next.topics(), PlanWords::of),
        changes(previous.connectors(), next.connectors(), PlanWords::of),
        conflicts(previous, next));
  }

  /** The names that the plan does this to, among topics or connectors. */
  public static List<String> names(List<Change> changes, Action action) {
    return changes.stream().filter(change -> change.action() == action).map(Change::name).toList();
  }

  /** Whether applying the plan would change nothing. */
  public boolean isEmpty() {
    return server.isEmpty()
        && names(topics, Action.KEEP).size() == topics.size()
        && names(connectors, Action.KEEP).size() == connectors.size();
  }

  /** The plan for people, a line for each thing; ends with a line break. */
  public String render() {
    StringBuilder text = new StringBuilder();
    section(text, "Server", server);
    section(text, "Topics", lines(topics));
    section(text, "Connectors", lines(connectors));
    section(text, "Not possible", conflicts);
    return text.isEmpty() ? "Nothing to run.\n" : text.toString();
  }

  private static void section(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(title).append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }

  private static List<String> lines(List<Change> changes) {
    int width = changes.stream().mapToInt(change -> change.name().length()).max().orElse(0);
    return changes.stream()
        .map(
            change ->
                change.action().sign
                    + " "
                    + change.name()
                    + " ".repeat(width - change.name().length() + 2)
                    + change.what())
        .toList();
  }

  private static <T> List<Change> changes(
      Map<String, T> previous, Map<String, T> next, Function<T, String> words) {
    SortedSet<String> names = new TreeSet<>(previous.keySet());
    names.addAll(next.keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      Optional<T> before = Optional.ofNullable(previous.get(name));
      Optional<T> after = Optional.ofNullable(next.get(name));
      Action action =
          before.isEmpty()
              ? Action.CREATE
              : after.isEmpty()
                  ? Action.REMOVE
                  : before.equals(after) ? Action.KEEP : Action.CHANGE;
      changes.add(new Change(action, name, after.or(() -> before).map(words).orElse("")));
    }
    return Collections.unmodifiableList(changes);
  }

  private static List<String> conflicts(GatewayConfig previous, GatewayConfig next) {
    List<String> conflicts = new ArrayList<>();
    for (TopicSpec topic : next.topics().values()) {
      TopicSpec before = previous.topics().get(topic.name());
      if (before != null && before.partitions() > topic.partitions()) {
        conflicts.add(
            "topic %s has %d partitions, which can't become %d: partitions are only ever added"
                .formatted(topic.name(), before.partitions(), topic.partitions()));
      }
    }
    return List.copyOf(conflicts);
  }
}
