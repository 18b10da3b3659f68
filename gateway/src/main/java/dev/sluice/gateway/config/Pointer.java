package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way to a setting, from the root.
 *
 * @param steps keys as strings and list positions as integers
 */
record Pointer(List<Object> steps) {

  static final Pointer ROOT = new Pointer(List.of());

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]*");

  static Pointer of(Object... steps) {
    return new Pointer(List.of(steps));
  }

  static Pointer of(NodePath path) {
    List<Object> steps = new ArrayList<>();
    for (int i = 0; i < path.getNameCount(); i++) {
      steps.add(path.getElement(i));
    }
    return new Pointer(List.copyOf(steps));
  }

  Pointer child(Object step) {
    List<Object> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Pointer(List.copyOf(longer));
  }

  Pointer parent() {
    return steps.isEmpty() ? this : new Pointer(steps.subList(0, steps.size() - 1));
  }

  boolean startsWith(Pointer other) {
    return steps.size() >= other.steps.size()
        && steps.subList(0, other.steps.size()).equals(other.steps);
  }

  int depth() {
    return steps.size();
  }

  /**
   * The last key for people. Among options, a key such as {@code password:secret}, where a space is
   * missing, may hold a secret; what follows the name is left out.
   */
  String shownLast() {
    boolean option = depth() > 3 && steps.get(2).equals("config");
    Matcher name = NAME.matcher(last());
    return option && !name.matches() && name.lookingAt() ? name.group() + "..." : last();
  }

  /** The last key or position; empty for the root. */
  String last() {
    return steps.isEmpty() ? "" : String.valueOf(steps.get(steps.size() - 1));
  }

  /** As a JSON pointer (RFC 6901) that starts behind the first so many steps. */
  String jsonPointer(int from) {
    StringBuilder text = new StringBuilder();
    for (Object step : steps.subList(from, steps.size())) {
      text.append('/').append(String.valueOf(step).replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }

  /** The node at this place; a missing node if there is none. */
  JsonNode in(JsonNode root) {
    JsonNode node = root;
    for (Object step : steps) {
      node =
          step instanceof Integer index
              ? node.path(index.intValue())
              : node.path(String.valueOf(step));
    }
    return node;
  }

  /** For people: {@code connectors.shop.topics[0]}; keys with other characters are quoted. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Integer index) {
        text.append('[').append(index).append(']');
        continue;
      }
      String key = new Pointer(steps.subList(0, i + 1)).shownLast();
      text.append(text.isEmpty() ? "" : ".");
      text.append(PLAIN.matcher(key).matches() ? key : "\"" + key + "\"");
    }
    return text.toString();
  }
}
