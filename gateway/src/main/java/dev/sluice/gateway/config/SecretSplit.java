package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.Credentials.Part;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes literal secrets out of a connector's declaration: each is replaced by a reference <code>
 * ${secret:connector/option}</code>, which stands for it at that place of that connector and
 * nowhere else. A secret is the value of a secret option, and a password within a URL. References
 * that are there already keep what is kept under them. One instance serves one declaration.
 */
final class SecretSplit implements SecretLookup {

  /** How a reference to a secret begins. */
  static final String PREFIX = "${secret:";

  /** How many passwords one text may hold. */
  private static final int MAX_PASSWORDS = 100;

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
    if (text.contains(Secrets.COVER)) {
      problems.add(
          tree.valuePlace(at),
          at,
          "'" + Secrets.COVER + "' covers a secret and is none",
          "give the secret itself, or a reference such as ${env:NAME}");
      return node;
    }
    String written = isSecret ? option(at, text) : passage(at, text);
    return written.equals(text) ? node : tree.root().textNode(written);
  }

  /** What is left of a secret at its own place once all have been replaced. */
  @Override
  public Optional<String> find(Pointer at, String name) {
    return isOwn(at, name) ? Optional.ofNullable(secrets.get(name)) : Optional.empty();
  }

  /** A secret option's value: a reference and nothing else, or a literal. */
  private String option(Pointer at, String text) {
    keepOwn(at, text);
    return isPlainReference(text) ? text : taken(at, name(at), text);
  }

  /** Whether it is a reference and nothing else, without a default, which may be a secret. */
  private static boolean isPlainReference(String text) {
    return DisplayConfig.isWholeReference(text) && !text.contains(":-");
  }

  /** Any other value: passwords in URLs are taken out of it. */
  private String passage(Pointer at, String text) {
    keepOwn(at, text);
    return isOptions(at) ? withoutPasswords(at, text) : text;
  }

  /** Whoever resolves the text reports references to what is not kept, or not for this place. */
  private void keepOwn(Pointer at, String text) {
    REFERENCE
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(name -> isOwn(at, name) && kept.byName().containsKey(name))
        .forEach(name -> secrets.put(name, kept.byName().getOrDefault(name, "")));
  }

  private boolean isOwn(Pointer at, String name) {
    return isOptions(at) && (name.equals(name(at)) || name.startsWith(name(at) + "~"));
  }

  private String withoutPasswords(Pointer at, String text) {
    List<Part> passwords =
        Credentials.places(text).stream().filter(part -> !isPlainReference(part.in(text))).toList();
    if (passwords.size() > MAX_PASSWORDS) {
      problems.add(
          tree.valuePlace(at),
          at,
          "it holds more than " + MAX_PASSWORDS + " passwords",
          "give them as options of their own, or as references such as ${env:NAME}");
      return text;
    }
    Iterator<String> names = freeNames(at, text);
    StringBuilder rest = new StringBuilder();
    int from = 0;
    for (Part password : Credentials.withReferences(passwords, text)) {
      rest.append(text, from, password.start()).append(taken(at, names.next(), password.in(text)));
      from = password.end();
    }
    return rest.append(text, from, text.length()).toString();
  }

  private String taken(Pointer at, String name, String secret) {
    if (secret.contains(PREFIX)) {
      problems.add(
          tree.valuePlace(at),
          at,
          "a secret can't be a part of a secret",
          "give it as a whole, or as a reference such as ${env:NAME}");
      return secret;
    }
    secrets.put(name, secret);
    return reference(name);
  }

  private boolean isOptions(Pointer at) {
    return at.startsWith(connector.child("config"));
  }

  /** The name of the secret at a place: the connector's, and the way from its options on. */
  private String name(Pointer at) {
    int options = connector.depth() + (isOptions(at) ? 1 : 0);
    return name(connector.last(), at.steps().subList(options, at.depth()));
  }

  /**
   * The name of a secret.
   *
   * @param option the way to it from the connector's options on
   */
  static String name(String connector, List<Object> option) {
    return connector
        + "/"
        + option.stream()
            .map(step -> URLEncoder.encode(String.valueOf(step), StandardCharsets.UTF_8))
            .collect(Collectors.joining("/"));
  }

  /** Names for a place that nothing in its text has, as a text may hold several secrets. */
  private Iterator<String> freeNames(Pointer at, String text) {
    String name = name(at);
    Set<String> used =
        REFERENCE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> number == 1 ? name : name + "~" + number)
        .filter(free -> !used.contains(free))
        .iterator();
  }

  /** What stands for a secret of this name. */
  static String reference(String name) {
    return PREFIX + name + "}";
  }
}
