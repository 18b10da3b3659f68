package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes literal secrets out of a connector's declaration: each is replaced by a reference <code>
 * ${secret:connector/option}</code>, which stands for it at that place of that connector and
 * nowhere else. A secret is the value of a secret option, and a password within a URL. References
 * that are there already keep what is kept under them. One instance serves one declaration.
 */
final class SecretSplit {

  /** How a reference to a secret begins. */
  static final String PREFIX = "${secret:";

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([^}]*)\\}?");

  private final SecretOptions options;
  private final ConfigTree tree;
  private final Pointer connector;
  private final SecretValues kept;
  private final Problems problems;
  private final Map<String, String> secrets = new TreeMap<>();

  /**
   * For one declaration.
   *
   * @param tree a document that holds it; changed in place
   * @param connector where it stands in there
   * @param kept its secrets so far
   */
  SecretSplit(
      SecretOptions options,
      ConfigTree tree,
      Pointer connector,
      SecretValues kept,
      Problems problems) {
    this.options = options;
    this.tree = tree;
    this.connector = connector;
    this.kept = kept;
    this.problems = problems;
  }

  /** Replaces all literal secrets, and answers them together with those that are kept. */
  SecretValues split() {
    replaceIn(connector, connector.in(tree.root()));
    return new SecretValues(secrets);
  }

  private void replaceIn(Pointer at, JsonNode node) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(e -> e.setValue(replaced(at.child(e.getKey()), e.getValue())));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, replaced(at.child(i), array.path(i)));
        }
      }
      default -> {
        // Single values are handled where they stand.
      }
    }
  }

  private JsonNode replaced(Pointer at, JsonNode node) {
    if (node.isContainerNode()) {
      replaceIn(at, node);
      return node;
    }
    String text = node.asText();
    boolean isSecret = options.isSecret(tree.root(), at);
    if (node.isNull() || text.isEmpty() || !(isSecret || node.isTextual())) {
      return node;
    }
    String written = isSecret ? option(at, text) : passage(at, text);
    return written.equals(text) ? node : tree.root().textNode(written);
  }

  /** A secret option's value: a reference and nothing else, or a literal. */
  private String option(Pointer at, String text) {
    if (text.equals(reference(name(at)))) {
      keep(at, name(at));
      return text;
    }
    boolean isReference = DisplayConfig.WHOLE_REFERENCE.matcher(text).matches();
    if (text.contains(PREFIX)) {
      refuseForeign(at);
      return text;
    }
    return isReference && !text.contains(":-") ? text : taken(at, name(at), text);
  }

  /** Any other value: passwords in URLs are taken out of it, and references looked at. */
  private String passage(Pointer at, String text) {
    Matcher references = REFERENCE.matcher(text);
    while (references.find()) {
      String name = references.group(1);
      if (isOptions(at) && (name.equals(name(at)) || name.startsWith(name(at) + "~"))) {
        keep(at, name);
      } else {
        refuseForeign(at);
        return text;
      }
    }
    return isOptions(at) ? withoutPasswords(at, text) : text;
  }

  private String withoutPasswords(Pointer at, String text) {
    String rest =
        DisplayConfig.USER_INFO
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1) + ":" + taken(at, freeName(at, text), found.group(2))));
    return DisplayConfig.PARAMETER
        .matcher(rest)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1)
                        + taken(
                            at,
                            freeName(at, text),
                            found.group().substring(found.group(1).length()))));
  }

  private String taken(Pointer at, String name, String secret) {
    if (secret.equals(Secrets.COVER)) {
      problems.add(
          tree.valuePlace(at),
          at,
          "'" + Secrets.COVER + "' covers a secret and is none",
          "give the secret itself, or a reference such as ${env:NAME}");
      return secret;
    }
    secrets.put(name, secret);
    return reference(name);
  }

  private void keep(Pointer at, String name) {
    String value = kept.byName().get(name);
    if (value != null) {
      secrets.put(name, value);
      return;
    }
    problems.add(
        tree.valuePlace(at),
        at,
        "no secret is kept for this connector under '" + name + "'",
        "give the secret itself, or a reference such as ${env:NAME}");
  }

  private void refuseForeign(Pointer at) {
    problems.add(
        tree.valuePlace(at),
        at,
        "a reference to a kept secret stands for it only at its own place",
        "give the secret itself, or a reference such as ${env:NAME}");
  }

  private boolean isOptions(Pointer at) {
    return at.startsWith(connector.child("config"));
  }

  /** The name of the secret at a place: the connector's, and the way from its options on. */
  private String name(Pointer at) {
    int options = connector.depth() + (isOptions(at) ? 1 : 0);
    return connector.last()
        + "/"
        + at.steps().subList(options, at.depth()).stream()
            .map(step -> URLEncoder.encode(String.valueOf(step), StandardCharsets.UTF_8))
            .collect(Collectors.joining("/"));
  }

  /**
   * The first name for a place that nothing in its text has, as a text may hold several secrets.
   */
  private String freeName(Pointer at, String text) {
    String name = name(at);
    String free = name;
    for (int number = 2; secrets.containsKey(free) || text.contains(reference(free)); number++) {
      free = name + "~" + number;
    }
    return free;
  }

  private static String reference(String name) {
    return PREFIX + name + "}";
  }
}
