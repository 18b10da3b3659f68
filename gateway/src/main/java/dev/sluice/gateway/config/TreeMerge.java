package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes one tree of the trees of several files. */
final class TreeMerge {

  private static final Set<String> SHARED = Set.of("topics", "connectors", "rules");

  private TreeMerge() {}

  /**
   * The first tree, with the others added to it. A name that two files declare is a mistake.
   *
   * @param trees at least one
   */
  static ConfigTree merge(List<ConfigTree> trees, Problems problems) {
    ConfigTree all = trees.getFirst();
    for (ConfigTree tree : trees.subList(1, trees.size())) {
      for (Map.Entry<String, JsonNode> section : tree.root().properties()) {
        addSection(all, tree, section.getKey(), problems);
      }
    }
    return all;
  }

  private static void addSection(ConfigTree all, ConfigTree tree, String name, Problems problems) {
    Pointer section = Pointer.of(name);
    JsonNode added = tree.root().path(name);
    if (!all.root().has(name)) {
      add(all, tree, section);
    } else if (SHARED.contains(name)
        && all.root().path(name) instanceof ObjectNode
        && added instanceof ObjectNode) {
      for (Map.Entry<String, JsonNode> entry : added.properties()) {
        Pointer at = section.child(entry.getKey());
        if (all.root().path(name).has(entry.getKey())) {
          twice(all, tree, at, problems);
        } else {
          add(all, tree, at);
        }
      }
    } else if (!added.isNull()) {
      twice(all, tree, section, problems);
    }
  }

  private static void add(ConfigTree all, ConfigTree tree, Pointer at) {
    ((ObjectNode) at.parent().in(all.root())).set(at.last(), at.in(tree.root()));
    tree.marks()
        .forEach(
            (pointer, marks) -> {
              if (pointer.startsWith(at)) {
                all.marks().put(pointer, marks);
              }
            });
  }

  private static void twice(ConfigTree all, ConfigTree tree, Pointer at, Problems problems) {
    problems.add(
        tree.keyPlace(at),
        at,
        "'" + at.last() + "' is declared twice, first at " + all.keyPlace(at),
        "keep one, or rename one");
  }
}
