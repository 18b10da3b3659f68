package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.References.Resolved;

/** The values of a tree as messages may show them. One instance serves one load. */
final class ShownValues {

  private static final int LONGEST = 100;

  private final ConfigTree tree;
  private final Resolved references;
  private final SecretOptions secretOptions;

  ShownValues(ConfigTree tree, Resolved references, SecretOptions secretOptions) {
    this.tree = tree;
    this.references = references;
    this.secretOptions = secretOptions;
  }

  /** As it was written, and not at all if it is secret. */
  String shown(Pointer at) {
    JsonNode value = at.in(tree.root());
    if (value.isArray()) {
      return "a list";
    }
    if (value.isObject()) {
      return "a map";
    }
    if (secretOptions.isSecret(tree.root(), at)) {
      return "this secret value";
    }
    String written = references.written().get(at);
    if (written != null) {
      return "what '" + written + "' stands for";
    }
    return value.isTextual() ? "'" + shortened(value.textValue()) + "'" : value.asText();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /** Whether a message must not contain the value itself. */
  boolean isHidden(Pointer at) {
    return references.written().containsKey(at) || secretOptions.isSecret(tree.root(), at);
  }
}
