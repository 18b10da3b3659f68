package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows which settings are secret: options of connector types, and passwords. Immutable. */
final class SecretOptions {

  /**
   * What names contain that are taken for secret where no schema tells: of open options, of
   * parameters in a text, and of settings in comments.
   */
  static final String TELLING =
      "password|passwd|passphrase|pwd|secret|credential|token|jaas|authorization"
          + "|(?:api|access|account|private|shared)[-_.]?key";

  private static final Pattern TELLING_NAME =
      Pattern.compile(".*(" + TELLING + ").*", Pattern.CASE_INSENSITIVE);

  private static final List<String> BRANCHES = List.of("allOf", "anyOf", "oneOf");
  private static final int MAX_DEPTH = 40;

  private final ConfigSchema schema;

  SecretOptions(ConfigSchema schema) {
    this.schema = schema;
  }

  /** Whether the value at this place of a configuration is secret, or within one that is. */
  boolean isSecret(JsonNode root, Pointer at) {
    List<Object> steps = at.steps();
    if (!steps.isEmpty() && steps.get(0).equals("server")) {
      JsonNode server = schema.strict().path("$defs").path("server");
      return isSecret(server, steps.subList(1, steps.size()), 0);
    }
    if (at.depth() < 4 || !steps.get(0).equals("connectors") || !steps.get(2).equals("config")) {
      return false;
    }
    JsonNode connector = Pointer.of(steps.get(0), steps.get(1)).in(root);
    String kind = connector.has("source") ? "source" : "sink";
    JsonNode options = schema.options(kind, connector.path(kind).asText());
    return isSecret(options, steps.subList(3, steps.size()), 0);
  }

  /**
   * Whether the value at this place must not be shown: it is secret, or among the options of a
   * connector and not known to be none. To be asked of configurations that may have mistakes.
   */
  boolean mayBeSecret(JsonNode root, Pointer at) {
    return isSecret(root, at) || isUnknownOption(root, at);
  }

  private boolean isUnknownOption(JsonNode root, Pointer at) {
    List<Object> steps = at.steps();
    if (at.depth() < 3 || !steps.get(0).equals("connectors") || !steps.get(2).equals("config")) {
      return false;
    }
    if (at.depth() == 3) {
      return true; // Options belong into a map.
    }
    JsonNode connector = Pointer.of(steps.get(0), steps.get(1)).in(root);
    String kind = connector.has("source") ? "source" : "sink";
    JsonNode options = schema.options(kind, connector.path(kind).asText());
    return !options.path("properties").has(String.valueOf(steps.get(3)))
        && (options.isMissingNode() || options.path("additionalProperties").isBoolean());
  }

  /** The values at and below a place that are secret, and the passwords within others. */
  Set<String> values(JsonNode root, Pointer at) {
    Set<String> found = new HashSet<>();
    collect(root, at, at.in(root), found);
    return Set.copyOf(found);
  }

  private void collect(JsonNode root, Pointer at, JsonNode node, Set<String> found) {
    if (node.isValueNode()) {
      if (isSecret(root, at)) {
        found.add(node.asText());
      } else if (node.isTextual()) {
        String text = node.textValue();
        Credentials.literals(text).forEach(part -> found.add(part.in(text)));
      }
    }
    node.properties().forEach(e -> collect(root, at.child(e.getKey()), e.getValue(), found));
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      collect(root, at.child(i), node.path(i), found);
    }
  }

  private boolean isSecret(JsonNode node, List<Object> steps, int depth) {
    if (depth > MAX_DEPTH) {
      return true;
    }
    if (node.path("writeOnly").asBoolean()) {
      return true;
    }
    if (node.path("$ref").isTextual() && isSecret(target(node), steps, depth + 1)) {
      return true;
    }
    for (String branch : BRANCHES) {
      for (JsonNode alternative : node.path(branch)) {
        if (isSecret(alternative, steps, depth + 1)) {
          return true;
        }
      }
    }
    return !steps.isEmpty() && childIsSecret(node, steps, depth);
  }

  private boolean childIsSecret(JsonNode node, List<Object> steps, int depth) {
    List<Object> rest = steps.subList(1, steps.size());
    if (steps.get(0) instanceof Integer) {
      return isSecret(node.path("items"), rest, depth + 1);
    }
    String name = String.valueOf(steps.get(0));
    if (node.path("properties").has(name)) {
      return isSecret(node.path("properties").path(name), rest, depth + 1);
    }
    return TELLING_NAME.matcher(name).matches()
        || isSecret(node.path("additionalProperties"), rest, depth + 1);
  }

  private JsonNode target(JsonNode node) {
    return schema.strict().at(node.path("$ref").textValue().substring(1));
  }
}
