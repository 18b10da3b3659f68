package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.TopicForm.Mistake;
import dev.sluice.gateway.log.Groups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks what a schema can't say of topics' settings: limits of sizes, and that the readers which a
 * topic waits for are there and read it. One instance serves one load.
 */
final class TopicChecks {

  private final ConfigTree tree;
  private final Set<Pointer> wrong;
  private final Problems problems;

  /**
   * Checks for one load.
   *
   * @param wrong places that have been reported already
   */
  TopicChecks(ConfigTree tree, Set<Pointer> wrong, Problems problems) {
    this.tree = tree;
    this.wrong = wrong;
    this.problems = problems;
  }

  void check() {
    for (Map.Entry<String, JsonNode> topic : tree.root().path("topics").properties()) {
      Pointer at = Pointer.of("topics", topic.getKey());
      checkForm(at, topic.getValue());
      JsonNode groups = topic.getValue().path("retention").path("consumed");
      for (int i = 0; i < groups.size() && groups.isArray(); i++) {
        checkGroup(
            at.child("retention").child("consumed").child(i),
            topic.getKey(),
            groups.path(i).asText());
      }
    }
    for (String section : List.of("connectors", "rules")) {
      tree.root().path(section).fieldNames().forEachRemaining(n -> checkDeadLetters(section, n));
    }
  }

  private void checkForm(Pointer topic, JsonNode node) {
    if (!node.isObject()) {
      return;
    }
    TopicForm form = new TopicForm();
    var unused = form.read(node);
    for (Mistake mistake : form.mistakes()) {
      Pointer at = topic;
      boolean isKnown = false;
      for (String key : mistake.path()) {
        at = at.child(key);
        isKnown |= wrong.contains(at);
      }
      if (!isKnown) {
        problems.add(tree.valuePlace(at), at, mistake.message(), mistake.suggestion());
      }
    }
  }

  /** A group that never reads the topic would keep all of it for ever. */
  private void checkGroup(Pointer at, String topic, String group) {
    boolean isConnectors = group.startsWith(Groups.CONNECTOR_PREFIX);
    String name = isConnectors ? group.substring(Groups.CONNECTOR_PREFIX.length()) : group;
    JsonNode connector = tree.root().path("connectors").path(name);
    boolean isRule = tree.root().path("rules").has(name);
    if (!isRule && connector.isMissingNode()) {
      if (isConnectors) {
        problems.add(
            tree.valuePlace(at),
            at,
            "there is no sink or rule '" + name + "'",
            meant(name).map(reader -> "did you mean '" + reader + "'?").orElse("remove it"));
      }
      return;
    }
    JsonNode topics =
        isRule ? tree.root().path("rules").path(name).path("from") : connector.path("topics");
    if (!SpecReader.strings(topics).contains(topic)) {
      problems.add(
          tree.valuePlace(at),
          at,
          "'" + name + "' does not read this topic, so nothing would ever be deleted",
          "name sinks, rules or groups that do, or write true for all of them");
    }
  }

  private Optional<String> meant(String name) {
    List<String> readers = new ArrayList<>();
    tree.root().path("rules").fieldNames().forEachRemaining(readers::add);
    for (Map.Entry<String, JsonNode> entry : tree.root().path("connectors").properties()) {
      if (entry.getValue().has("sink")) {
        readers.add(entry.getKey());
      }
    }
    return Similar.to(name, readers);
  }

  /** A record without a key could be set aside nowhere. */
  private void checkDeadLetters(String section, String name) {
    Pointer connector = Pointer.of(section, name);
    String topic = SpecReader.deadLetterTopic(name, connector.in(tree.root()).path("errors"));
    Pointer compact = Pointer.of("topics", topic, "compact");
    JsonNode setting = compact.in(tree.root());
    if (setting.isObject() || setting.asBoolean()) {
      problems.add(
          tree.keyPlace(compact),
          compact,
          "the dead letters of '" + name + "' go here, and some have no key",
          "remove it, or name another 'errors.dead-letter-topic'");
    }
  }
}
