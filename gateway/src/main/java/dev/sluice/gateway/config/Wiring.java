package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks what holds between settings: one name space for connectors and rules, every topic that is
 * read comes from somewhere, nothing feeds itself. It looks at a tree that may have other mistakes,
 * and leaves alone what they make unclear. One instance serves one load.
 */
final class Wiring {

  private final ConfigTree tree;
  private final ShownValues values;
  private final Set<Pointer> wrong;
  private final Neighbours neighbours;
  private final Problems problems;

  /**
   * Checks for one load.
   *
   * @param wrong places that have been reported already
   * @param neighbours what is there beside the tree
   */
  Wiring(
      ConfigTree tree,
      ShownValues values,
      Set<Pointer> wrong,
      Neighbours neighbours,
      Problems problems) {
    this.neighbours = neighbours;
    this.tree = tree;
    this.values = values;
    this.wrong = wrong;
    this.problems = problems;
  }

  void check() {
    checkHost();
    checkData();
    checkNames();
    checkReaders();
    new TopicChecks(tree, wrong, problems).check();
    for (String section : List.of("connectors", "rules")) {
      for (Map.Entry<String, JsonNode> entry : tree.root().path(section).properties()) {
        checkBackoff(Pointer.of(section, entry.getKey(), "errors"));
      }
    }
  }

  private void checkHost() {
    Pointer at = Pointer.of("server", "host");
    JsonNode host = at.in(tree.root());
    if (host.isTextual() && !isWrong(at) && !Names.isLoopback(host.textValue())) {
      problems.add(
          tree.valuePlace(at),
          at,
          values.shown(at)
              + " is reachable from other machines, and there is no authentication yet",
          "use 127.0.0.1, and a proxy that authenticates in front of it");
    }
  }

  private void checkData() {
    JsonNode data = References.DATA.in(tree.root());
    if (data.isTextual()
        && !isWrong(References.DATA)
        && ReferenceSource.path(data.textValue()).isEmpty()) {
      problems.add(
          tree.valuePlace(References.DATA), References.DATA, "is no path", "write it like ./data");
    }
  }

  private void checkNames() {
    for (String name : keys("rules")) {
      if (tree.root().path("connectors").has(name)) {
        Pointer rule = Pointer.of("rules", name);
        Place other = tree.keyPlace(Pointer.of("connectors", name));
        problems.add(
            tree.keyPlace(rule),
            rule,
            "a connector is called '" + name + "' too, at " + other,
            "rename one of them");
      }
    }
  }

  private void checkReaders() {
    for (String name : keys("connectors")) {
      Pointer connector = Pointer.of("connectors", name);
      if (connector.in(tree.root()).has("sink")) {
        checkTopics(connector.child("topics"));
        checkSinkTransforms(connector.child("transforms"));
      }
    }
    for (String name : keys("rules")) {
      Pointer from = Pointer.of("rules", name, "from");
      checkTopics(from);
      String to = Pointer.of("rules", name, "to").in(tree.root()).asText();
      if (SpecReader.strings(from.in(tree.root())).contains(to)) {
        Pointer at = Pointer.of("rules", name, "to");
        problems.add(
            tree.valuePlace(at),
            at,
            "the rule would feed itself: it reads '" + to + "'",
            "choose another topic");
      }
    }
  }

  private void checkTopics(Pointer at) {
    JsonNode topics = at.in(tree.root());
    if (topics.isTextual()) {
      checkTopic(at, topics.textValue());
    }
    for (int i = 0; i < topics.size() && topics.isArray(); i++) {
      if (topics.path(i).isTextual()) {
        checkTopic(at.child(i), topics.path(i).textValue());
      }
    }
  }

  private void checkTopic(Pointer at, String topic) {
    if (isWrong(at)
        || topic.equals(Names.EVENTS)
        || tree.root().path("topics").has(topic)
        || neighbours.topics().contains(topic)) {
      return;
    }
    Set<String> plain = new TreeSet<>(keys("topics"));
    plain.addAll(neighbours.topics());
    for (String template : producedTemplates()) {
      if (Names.produced(template).matcher(topic).matches()) {
        return;
      }
      if (Names.isPlain(template)) {
        plain.add(template);
      }
    }
    problems.add(
        tree.valuePlace(at),
        at,
        "there is no topic " + values.shown(at),
        Similar.to(topic, plain)
            .map(name -> "did you mean '" + name + "'?")
            .orElse("declare it under topics, or let a source or rule write to it"));
  }

  /** The topics and templates of topics that connectors and rules write to. */
  private List<String> producedTemplates() {
    List<String> templates = new ArrayList<>(neighbours.templates());
    for (String name : keys("connectors")) {
      JsonNode connector = tree.root().path("connectors").path(name);
      addText(templates, connector.path("topic"));
      addOthers(templates, name, connector);
    }
    for (String name : keys("rules")) {
      JsonNode rule = tree.root().path("rules").path(name);
      addText(templates, rule.path("to"));
      addOthers(templates, name, rule);
    }
    return templates;
  }

  private static void addOthers(List<String> templates, String name, JsonNode connector) {
    connector.path("transforms").forEach(step -> addText(templates, step.path("topic")));
    templates.add(SpecReader.deadLetterTopic(name, connector.path("errors")));
  }

  private static void addText(List<String> texts, JsonNode node) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
  }

  private void checkSinkTransforms(Pointer at) {
    JsonNode steps = at.in(tree.root());
    for (int i = 0; i < steps.size(); i++) {
      if (steps.path(i).has("topic")) {
        Pointer topic = at.child(i).child("topic");
        problems.add(
            tree.keyPlace(topic), topic, "a sink's records go to no topic", "use a rule for this");
      }
    }
  }

  private void checkBackoff(Pointer errors) {
    JsonNode node = errors.in(tree.root());
    Pointer first = errors.child("backoff");
    Pointer longest = errors.child("max-backoff");
    if (node.has("backoff")
        && node.has("max-backoff")
        && !isWrong(first)
        && !isWrong(longest)
        && Units.duration(node.path("backoff").asText())
                .compareTo(Units.duration(node.path("max-backoff").asText()))
            > 0) {
      problems.add(
          tree.valuePlace(longest),
          longest,
          "is shorter than 'backoff'",
          "make it at least as long");
    }
  }

  private boolean isWrong(Pointer at) {
    return wrong.contains(at);
  }

  private List<String> keys(String section) {
    List<String> keys = new ArrayList<>();
    tree.root().path(section).fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
