package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A configuration as a tree of values, each with its place in a file. Owned by one load.
 *
 * @param root the whole document
 * @param marks where each setting stands
 */
record ConfigTree(ObjectNode root, Map<Pointer, Marks> marks) {

  /**
   * The places of one setting.
   *
   * @param key its key; for list items and the root the same as the value
   * @param value its value
   */
  record Marks(Place key, Place value) {}

  ConfigTree(ObjectNode root) {
    this(root, new HashMap<>());
  }

  /** Where the key stands, or that of the nearest setting around it. */
  Place keyPlace(Pointer pointer) {
    return nearest(pointer).key();
  }

  /** Where to point for a wrong value: scalars at the value, maps and lists at their key. */
  Place valuePlace(Pointer pointer) {
    Marks marks = nearest(pointer);
    JsonNode node = pointer.in(root);
    return node.isContainerNode() || node.isNull() ? marks.key() : marks.value();
  }

  private Marks nearest(Pointer pointer) {
    Pointer at = pointer;
    Marks marks = marks().get(at);
    while (marks == null && at.depth() > 0) {
      at = at.parent();
      marks = marks().get(at);
    }
    return marks == null ? new Marks(new Place("", 0, 0), new Place("", 0, 0)) : marks;
  }
}
