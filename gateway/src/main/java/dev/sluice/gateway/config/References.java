package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces references in a tree by what they stand for: <code>${env:NAME}</code>, <code>
 * ${env:NAME:-default}</code> (the default also for an empty variable), <code>${file:path}</code>
 * (its content without the last line break; relative to the configuration's folder), <code>${dir}
 * </code> (that folder), <code>${data}</code> (the data directory) and <code>${secret:name}</code>
 * (what the gateway keeps for a connector that was made over HTTP). <code>$${</code> is a literal
 * <code>${</code>; any other <code>${…}</code> is left to whoever understands it. What a reference
 * stands for is not looked at again. One instance serves one load.
 */
final class References {

  /** Where the data directory is configured. */
  static final Pointer DATA = Pointer.of("server", "data");

  private final ReferenceSource source;
  private final ConfigTree tree;
  private final Problems problems;
  private final Map<Pointer, String> written = new HashMap<>();
  private final Set<Pointer> failed = new HashSet<>();

  References(ReferenceSource source, ConfigTree tree, Problems problems) {
    this.source = source;
    this.tree = tree;
    this.problems = problems;
  }

  /**
   * What became of the references.
   *
   * @param written the text as written, of every value that contained one
   * @param failed values that could not be resolved, already reported
   */
  record Resolved(Map<Pointer, String> written, Set<Pointer> failed) {}

  /** Resolves the whole tree in place, the data directory first. */
  Resolved resolve() {
    JsonNode data = DATA.in(tree.root());
    if (data.isTextual()) {
      String directory = resolve(DATA, data.textValue());
      ((ObjectNode) tree.root().path("server")).put("data", directory);
      source.dataDirectory(directory);
    }
    walk(Pointer.ROOT, tree.root());
    return new Resolved(written, failed);
  }

  private void walk(Pointer at, JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
          Pointer child = at.child(name);
          if (isOpen(child, object.path(name))) {
            object.put(name, resolve(child, object.path(name).textValue()));
          } else {
            walk(child, object.path(name));
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          Pointer child = at.child(i);
          if (isOpen(child, array.path(i))) {
            array.set(i, resolve(child, array.path(i).textValue()));
          } else {
            walk(child, array.path(i));
          }
        }
      }
      default -> {
        // Numbers and the like hold no references.
      }
    }
  }

  private boolean isOpen(Pointer at, JsonNode node) {
    return node.isTextual() && node.textValue().contains("${") && !at.equals(DATA);
  }

  private String resolve(Pointer at, String text) {
    StringBuilder resolved = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      if (text.startsWith("$${", from)) {
        resolved.append("${");
        from += 3;
      } else if (ReferenceSource.startsAt(text, from)) {
        int end = text.indexOf('}', from);
        written.putIfAbsent(at, text);
        if (end < 0) {
          fail(at, "a reference that begins with '${' is not closed", "add '}'");
          return text;
        }
        resolved.append(value(at, text.substring(from + 2, end)));
        from = end + 1;
      } else {
        resolved.append(text.charAt(from++));
      }
    }
    return failed.contains(at) ? text : resolved.toString();
  }

  private String value(Pointer at, String reference) {
    return switch (source.value(reference)) {
      // What is kept is kept as it was written.
      case ReferenceSource.Found found when ReferenceSource.isKept(reference) ->
          resolve(at, found.value());
      case ReferenceSource.Found found -> found.value();
      case ReferenceSource.Missing missing -> {
        fail(at, missing.message(), missing.suggestion());
        yield "";
      }
    };
  }

  private void fail(Pointer at, String message, String suggestion) {
    failed.add(at);
    problems.add(tree.valuePlace(at), at, message, suggestion);
  }
}
