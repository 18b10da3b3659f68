package dev.sluice.gateway.config;

import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDifference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  private static final int LONGEST_SUMMARY = 2_000;

  /**
   * What happens to one topic or connector.
   *
   * @param what it is, in words
   * @param settings of a connector that changes, the settings that differ as people see them; empty
   *     if only what references and secrets stand for does
   * @param differences of a topic that changes, its settings before and after
   * @param replaces whether it takes the place of a connector that was made over HTTP, which is
   *     forgotten with its secrets
   */
  public record Change(
      Action action,
      String name,
      String what,
      List<String> settings,
      List<TopicDifference> differences,
      boolean replaces) {

    private Change(Action action, String name, String what) {
      this(action, name, what, List.of(), List.of(), false);
    }

    private Change withSettings(List<String> others) {
      return new Change(action, name, what, others, differences, replaces);
    }
  }

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

  /**
   * The plan for a gateway that runs another configuration, whose topics are as that declares them.
   */
  public static ConfigPlan between(GatewayConfig previous, GatewayConfig next) {
    List<String> server = new ArrayList<>(PlanWords.of(next.server()));
    server.addAll(PlanWords.details(next.server().kafka()));
    server.removeAll(PlanWords.of(previous.server()));
    server.removeAll(PlanWords.details(previous.server().kafka()));
    return new ConfigPlan(
        List.copyOf(server),
        changes(previous.topics(), next.topics(), PlanWords::of),
        changes(previous.connectors(), next.connectors(), PlanWords::of).stream()
            .map(change -> withSettings(change, previous.connectors(), next.connectors()))
            .toList(),
        conflicts(previous, next));
  }

  /**
   * The plan where topics are as they are: made or changed by anyone, or deleted. What is declared
   * wins whenever a configuration is applied.
   *
   * @param now the topics, by name; those that are not declared don't matter
   * @param next the configuration that the plan is for
   */
  public ConfigPlan over(Map<String, TopicDescription> now, GatewayConfig next) {
    return new ConfigPlan(
        server,
        topics.stream()
            .map(
                change -> {
                  TopicSpec spec = next.topics().get(change.name());
                  return spec == null
                      ? change
                      : change(spec, Optional.ofNullable(now.get(spec.name())));
                })
            .toList(),
        connectors,
        conflicts);
  }

  private static Change change(TopicSpec spec, Optional<TopicDescription> now) {
    if (now.isEmpty()) {
      return new Change(Action.CREATE, spec.name(), PlanWords.of(spec));
    }
    List<TopicDifference> differences = spec.differences(now.get());
    return new Change(
        differences.isEmpty() ? Action.KEEP : Action.CHANGE,
        spec.name(),
        PlanWords.of(spec.over(now.get())),
        List.of(),
        differences,
        false);
  }

  /**
   * The plan where connectors are there that no file declares: those whose names it makes new are
   * replaced.
   *
   * @param others that were made over HTTP, by name
   * @param next the configuration that the plan is for
   */
  public ConfigPlan replacing(Map<String, ConnectorSpec> others, GatewayConfig next) {
    return new ConfigPlan(
        server,
        topics,
        connectors.stream()
            .map(
                change ->
                    change.action() == Action.CREATE && others.containsKey(change.name())
                        ? withSettings(replacement(change), others, next.connectors())
                        : change)
            .toList(),
        conflicts);
  }

  private static Change replacement(Change created) {
    return new Change(
        Action.CHANGE,
        created.name(),
        created.what()
            + "; replaces the one that was made over HTTP, which is forgotten with its secrets",
        List.of(),
        List.of(),
        true);
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

  /**
   * What it changes in a sentence of bounded length: names and, of topics, settings; no secrets.
   * Not for a plan that is empty.
   */
  public String summary() {
    List<String> parts = new ArrayList<>();
    topics.forEach(change -> addSummary(parts, "topic", change));
    connectors.forEach(change -> addSummary(parts, "connector", change));
    if (!server.isEmpty()) {
      parts.add("at the next start " + String.join(", ", server));
    }
    String all = String.join("; ", parts);
    return all.length() > LONGEST_SUMMARY ? all.substring(0, LONGEST_SUMMARY) + "…" : all;
  }

  private static void addSummary(List<String> parts, String kind, Change change) {
    switch (change.action()) {
      case CREATE -> parts.add(kind + " " + change.name() + " created");
      case CHANGE -> parts.add(kind + " " + change.name() + " " + changed(change));
      case REMOVE ->
          parts.add(
              kind
                  + " "
                  + change.name()
                  + (kind.equals("topic") ? " no longer declared" : " removed"));
      case KEEP -> {}
    }
  }

  private static String changed(Change change) {
    String settings = String.join(", ", change.settings());
    return (change.replaces() ? "replaced" : "changed")
        + (settings.isEmpty() ? differences(change) : " (" + settings + ")");
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
                    + change.what()
                    + differences(change))
        .toList();
  }

  private static String differences(Change change) {
    return change.differences().isEmpty()
        ? ""
        : change.differences().stream()
            .map(TopicDifference::toString)
            .collect(Collectors.joining(", ", " (", ")"));
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

  private static Change withSettings(
      Change change, Map<String, ConnectorSpec> previous, Map<String, ConnectorSpec> next) {
    ConnectorSpec before = previous.get(change.name());
    ConnectorSpec after = next.get(change.name());
    if (change.action() != Action.CHANGE || before == null || after == null) {
      return change;
    }
    SortedSet<String> settings = new TreeSet<>();
    collect("", before.displayConfig(), after.displayConfig(), settings);
    return change.withSettings(List.copyOf(settings));
  }

  private static void collect(String path, Map<?, ?> before, Map<?, ?> after, Set<String> into) {
    Set<Object> keys = new HashSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (Object key : keys) {
      String at = path.isEmpty() ? String.valueOf(key) : path + "." + key;
      if (before.get(key) instanceof Map<?, ?> was && after.get(key) instanceof Map<?, ?> is) {
        collect(at, was, is, into);
      } else if (!Objects.equals(before.get(key), after.get(key))) {
        into.add(at);
      }
    }
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
