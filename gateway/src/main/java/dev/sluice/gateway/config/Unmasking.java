package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.gateway.config.Credentials.Part;
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
    return text.equals(Secrets.COVER) || DisplayConfig.isWholeReference(text)
        ? TextNode.valueOf(kept(name, raw))
        : TextNode.valueOf(replaced(name, text, raw));
  }

  /** The same password of a text is covered in what people see, and stands in what is in force. */
  private String replaced(String name, String text, String raw) {
    List<Part> shown = Credentials.places(text);
    List<Part> inForce = Credentials.places(raw);
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    for (int i = 0; i < Math.min(shown.size(), inForce.size()); i++) {
      Part place = shown.get(i);
      if (place.in(text).contains(Secrets.COVER)) {
        replaced
            .append(text, from, place.start())
            .append(kept(i == 0 ? name : name + "~" + (i + 1), inForce.get(i).in(raw)));
        from = place.end();
      }
    }
    return replaced.append(text, from, text.length()).toString();
  }

  /** Keeps a secret as it would be written, and answers what stands for it. */
  private String kept(String name, String secret) {
    secrets.put(name, secret.replace("${", "$${"));
    return SecretSplit.reference(name);
  }

  private static List<Object> longer(List<Object> at, Object step) {
    List<Object> longer = new ArrayList<>(at);
    longer.add(step);
    return longer;
  }
}
