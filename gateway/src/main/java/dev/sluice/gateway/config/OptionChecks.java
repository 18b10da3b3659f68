package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets connector types check what their schemas can't say. One instance serves one load. */
final class OptionChecks {

  private final ConnectorTypes types;
  private final Defaults defaults;
  private final ConfigSchema schema;
  private final ConfigTree tree;
  private final Problems problems;

  OptionChecks(ConnectorTypes types, ConfigSchema schema, ConfigTree tree, Problems problems) {
    this.types = types;
    this.defaults = new Defaults(schema.strict());
    this.schema = schema;
    this.tree = tree;
    this.problems = problems;
  }

  /** Checks the options of every connector whose options are right so far. */
  void check(Set<Pointer> wrong) {
    for (Map.Entry<String, JsonNode> entry : tree.root().path("connectors").properties()) {
      Pointer at = Pointer.of("connectors", entry.getKey());
      Pointer config = at.child("config");
      boolean spoilt =
          wrong.contains(at.child("source"))
              || wrong.contains(at.child("sink"))
              || wrong.stream().anyMatch(pointer -> pointer.startsWith(config));
      if (!spoilt && entry.getValue().path("config").isObject()) {
        type(entry.getValue()).ifPresent(type -> check(config, type, entry.getValue()));
      }
    }
  }

  private Optional<? extends ConnectorType> type(JsonNode connector) {
    if (connector.has("source") == connector.has("sink")) {
      return Optional.empty();
    }
    return connector.has("source")
        ? types.source(connector.path("source").asText())
        : types.sink(connector.path("sink").asText());
  }

  private void check(Pointer at, ConnectorType type, JsonNode connector) {
    JsonNode options = connector.path("config").deepCopy();
    String kind = connector.has("source") ? "source" : "sink";
    defaults.fill(options, schema.options(kind, type.name()));
    try {
      type.check(SpecReader.options(options).asOptions());
      checkDelivery(at, type, connector, SpecReader.options(options).asOptions());
    } catch (ConnectorException refused) {
      Pointer option = option(at, refused);
      problems.add(
          tree.keyPlace(option),
          option,
          sentence(refused.message()),
          sentence(refused.suggestion().orElse("")));
    } catch (IllegalArgumentException refused) {
      problems.add(tree.keyPlace(at), at, sentence(String.valueOf(refused.getMessage())), "");
    }
  }

  private void checkDelivery(
      Pointer config, ConnectorType type, JsonNode connector, Options options) {
    if (!connector.path("delivery").asText().equals(Delivery.EXACTLY_ONCE.text())) {
      return;
    }
    try {
      type.checkExactlyOnce(options);
    } catch (ConnectorException refused) {
      Pointer at = config.parent().child("delivery");
      problems.add(
          tree.valuePlace(at),
          at,
          sentence(refused.message()),
          sentence(refused.suggestion().orElse("")));
    }
  }

  /** The option that a message names in quotes, if there is one; else all of them. */
  private Pointer option(Pointer config, ConnectorException refused) {
    for (Map.Entry<String, JsonNode> option : config.in(tree.root()).properties()) {
      if (refused.message().contains("'" + option.getKey() + "'")) {
        return config.child(option.getKey());
      }
    }
    return config;
  }

  /** Our messages are fragments: without a capital and a full stop they fit into a line. */
  private static String sentence(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
