package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a list reads the same in two texts in which secrets are covered. Used by one
 * thread.
 */
final class MaskedLists {

  private final JsonNode before;
  private final JsonNode after;
  private final Map<Pointer, Boolean> known = new HashMap<>();

  MaskedLists(String file, String before, String after) {
    this.before = root(file, before);
    this.after = root(file, after);
  }

  private static JsonNode root(String file, String text) {
    return YamlReader.read(file, text, new Problems())
        .<JsonNode>map(ConfigTree::root)
        .orElse(MissingNode.getInstance());
  }

  /** Whether the outermost list that a setting is in is the same; so for one that is in none. */
  boolean areSame(@Nullable Pointer pointer) {
    if (pointer == null) {
      return true;
    }
    for (int depth = 0; depth < pointer.depth(); depth++) {
      if (pointer.steps().get(depth) instanceof Integer) {
        return known.computeIfAbsent(new Pointer(pointer.steps().subList(0, depth)), this::isSame);
      }
    }
    return true;
  }

  private boolean isSame(Pointer at) {
    JsonNode list = at.in(before);
    return !list.isMissingNode() && list.equals(at.in(after));
  }
}
