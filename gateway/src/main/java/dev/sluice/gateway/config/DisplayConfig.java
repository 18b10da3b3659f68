package dev.sluice.gateway.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.Credentials.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A part of a configuration as people may see it: as written, with literal secrets covered. */
final class DisplayConfig {

  private static final Pattern WHOLE_REFERENCE =
      Pattern.compile("\\$\\{(env|file|secret):([^}]*)\\}");
  private static final Pattern DEFAULT = Pattern.compile("(?<=:-)[^}]+(?=\\})");

  private final SecretOptions secrets;
  private final JsonNode root;

  /**
   * For one document.
   *
   * @param root the document as written, references unresolved
   */
  DisplayConfig(SecretOptions secrets, JsonNode root) {
    this.secrets = secrets;
    this.root = root;
  }

  Map<String, Object> of(Pointer at) {
    return ConfigSchema.JSON.convertValue(
        covered(at, at.in(root)), new TypeReference<Map<String, Object>>() {});
  }

  private JsonNode covered(Pointer at, JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = object.objectNode();
        object
            .properties()
            .forEach(
                entry ->
                    copy.set(entry.getKey(), covered(at.child(entry.getKey()), entry.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = array.arrayNode();
        for (int i = 0; i < array.size(); i++) {
          copy.add(covered(at.child(i), array.path(i)));
        }
        yield copy;
      }
      default -> single(at, node);
    };
  }

  private JsonNode single(Pointer at, JsonNode node) {
    if (secrets.isSecret(root, at)) {
      return ConfigSchema.JSON.getNodeFactory().textNode(secret(node));
    }
    return node.isTextual()
        ? ConfigSchema.JSON.getNodeFactory().textNode(Credentials.covered(node.textValue()))
        : node;
  }

  /** A secret that is wholly a reference shows the reference, without its default. */
  private static String secret(JsonNode node) {
    String text = node.asText();
    if (!WHOLE_REFERENCE.matcher(text).matches()) {
      return Secrets.COVER;
    }
    int separator = text.indexOf(":-");
    return separator < 0 ? text : text.substring(0, separator) + ":-" + Secrets.COVER + "}";
  }

  /** Whether a value is wholly a reference, with or without a default. */
  static boolean isWholeReference(String text) {
    return WHOLE_REFERENCE.matcher(text).matches();
  }

  /** Where the default of a reference stands in a text; empty if there is none. */
  static List<Part> defaults(String text) {
    return DEFAULT
        .matcher(text)
        .results()
        .map(match -> new Part(match.start(), match.end()))
        .toList();
  }

  /** The secret values at and below a place of this document once its references are resolved. */
  Set<String> secrets(JsonNode resolved, Pointer at) {
    return secrets.values(resolved, at);
  }
}
