package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For changes of a connector that the file declares: where a secret came back covered, a reference
 * takes the place of the cover, and stands for the secret that is in force. One instance serves one
 * declaration.
 */
final class Unmasking {

  private final ConnectorSpec before;
  private final Map<String, String> secrets = new TreeMap<>();

  Unmasking(ConnectorSpec before) {
    this.before = before;
  }

  /** Replaces the covers in a declaration, which is changed. */
  SecretValues replaceIn(JsonNode declared) {
    replaceIn(List.of(), declared.path("config"), before.options().values());
    return new SecretValues(secrets);
  }

  private void replaceIn(List<Object> at, JsonNode node, @Nullable Object value) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(
                  each -> {
                    Object inner = value instanceof Map<?, ?> map ? map.get(each.getKey()) : null;
                    each.setValue(replaced(longer(at, each.getKey()), each.getValue(), inner));
                  });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          Object inner = value instanceof List<?> list && i < list.size() ? list.get(i) : null;
          array.set(i, replaced(longer(at, i), array.path(i), inner));
        }
      }
      default -> {
        // Single values are handled where they stand.
      }
    }
  }

  private JsonNode replaced(List<Object> at, JsonNode node, @Nullable Object value) {
    replaceIn(at, node, value);
    if (value == null || !node.isTextual() || !node.textValue().contains(Secrets.COVER)) {
      return node;
    }
    String text = node.textValue();
    String raw = value.toString();
    String name = SecretSplit.name(before.name(), at);
    List<String> covered =
        text.equals(Secrets.COVER)
            ? List.of(raw)
            : DisplayConfig.credentials(raw).stream().map(part -> part.in(raw)).toList();
    for (int i = 0; i < covered.size(); i++) {
      String numbered = i == 0 ? name : name + "~" + (i + 1);
      int cover = text.indexOf(Secrets.COVER);
      if (cover >= 0) {
        // What is kept is kept as it would be written.
        secrets.put(numbered, covered.get(i).replace("${", "$${"));
        String rest = text.substring(cover + Secrets.COVER.length());
        text = text.substring(0, cover) + SecretSplit.reference(numbered) + rest;
      }
    }
    return TextNode.valueOf(text);
  }

  private static List<Object> longer(List<Object> at, Object step) {
    List<Object> longer = new ArrayList<>(at);
    longer.add(step);
    return longer;
  }
}
