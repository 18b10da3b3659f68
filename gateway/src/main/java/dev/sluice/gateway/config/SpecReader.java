package dev.sluice.gateway.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.connector.Units;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.config.ConnectorSpec.OptionValues;
import dev.sluice.gateway.config.ConnectorSpec.ValueFormat;
import dev.sluice.gateway.config.ErrorPolicy.Then;
import dev.sluice.gateway.config.Expression.Language;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a tree that is valid and has its defaults filled in; it can't fail. */
final class SpecReader {

  /** The type of rules. */
  static final String RULE = "rule";

  private final ObjectNode root;
  private final DisplayConfig display;

  SpecReader(ObjectNode root, DisplayConfig display) {
    this.root = root;
    this.display = display;
  }

  GatewayConfig read(Environment environment) {
    Map<String, TopicSpec> topics = new TreeMap<>();
    root.path("topics")
        .properties()
        .forEach(e -> topics.put(e.getKey(), topic(e.getKey(), e.getValue())));
    Map<String, ConnectorSpec> connectors = new TreeMap<>();
    root.path("connectors")
        .properties()
        .forEach(e -> connectors.put(e.getKey(), connector(e.getKey(), e.getValue())));
    root.path("rules")
        .properties()
        .forEach(e -> connectors.put(e.getKey(), rule(e.getKey(), e.getValue())));
    return new GatewayConfig(
        server(root.path("server"), environment),
        Collections.unmodifiableMap(topics),
        Collections.unmodifiableMap(connectors));
  }

  private static ServerSpec server(JsonNode node, Environment environment) {
    return new ServerSpec(
        node.path("host").asText(),
        environment.httpPort().orElse(node.path("http-port").asInt()),
        environment.dataDirectory().orElseGet(() -> Path.of(node.path("data").asText())),
        KafkaForm.read(node.path("kafka"), environment));
  }

  private TopicSpec topic(String name, JsonNode node) {
    TopicSettings settings = new TopicForm().read(node);
    Retention retention = settings.retention();
    return new TopicSpec(
        name,
        node.path("partitions").asInt(),
        settings.withRetention(
            new Retention(retention.time(), retention.sizeBytes(), groups(retention.consumed()))));
  }

  /** Sinks and rules may be named by their own names. */
  private @Nullable Readers groups(@Nullable Readers readers) {
    return readers == null
        ? null
        : new Readers(
            readers.groups().stream()
                .map(name -> isReader(name) ? Groups.ofConnector(name) : name)
                .toList());
  }

  private boolean isReader(String name) {
    return root.path("rules").has(name) || root.path("connectors").path(name).has("sink");
  }

  private ConnectorSpec connector(String name, JsonNode node) {
    Kind kind = node.has("source") ? Kind.SOURCE : Kind.SINK;
    return new ConnectorSpec(
        name,
        kind,
        node.path(kind == Kind.SOURCE ? "source" : "sink").asText(),
        text(node, "topic"),
        strings(node.path("topics")),
        text(node, "key"),
        format(node),
        transforms(node),
        errors(name, node.path("errors")),
        Delivery.of(node.path("delivery").asText()),
        node.path("tasks").asInt(),
        new OptionValues(
            options(node.path("config")).values(),
            display.secrets(root, Pointer.of("connectors", name, "config"))),
        display.of(Pointer.of("connectors", name)));
  }

  private ConnectorSpec rule(String name, JsonNode node) {
    List<TransformSpec> steps = new ArrayList<>();
    if (node.has("when")) {
      steps.add(new TransformSpec.Filter(null, expression(node.path("when"))));
    }
    steps.addAll(transforms(node));
    if (node.has("key")) {
      steps.add(new TransformSpec.SetKey(null, expression(node.path("key"))));
    }
    if (node.has("value")) {
      steps.add(new TransformSpec.SetValue(null, expression(node.path("value"))));
    }
    return new ConnectorSpec(
        name,
        Kind.RULE,
        RULE,
        node.path("to").asText(),
        strings(node.path("from")),
        null,
        format(node),
        List.copyOf(steps),
        errors(name, node.path("errors")),
        Delivery.of(node.path("delivery").asText()),
        node.path("tasks").asInt(),
        new OptionValues(Map.of()),
        display.of(Pointer.of("rules", name)));
  }

  /** Options with their values; one without a value, where the schema allows it, is absent. */
  static OptionValues options(JsonNode config) {
    Map<String, Object> values =
        ConfigSchema.JSON.convertValue(config, new TypeReference<Map<String, Object>>() {});
    values.values().removeIf(Objects::isNull);
    return new OptionValues(Collections.unmodifiableMap(values));
  }

  private static ValueFormat format(JsonNode node) {
    return ValueFormat.valueOf(node.path("value-format").asText().toUpperCase(Locale.ROOT));
  }

  private static List<TransformSpec> transforms(JsonNode node) {
    List<TransformSpec> steps = new ArrayList<>();
    node.path("transforms").forEach(step -> steps.add(transform(step)));
    return List.copyOf(steps);
  }

  private static TransformSpec transform(JsonNode step) {
    Expression when = step.has("when") ? expression(step.path("when")) : null;
    if (step.has("filter")) {
      return new TransformSpec.Filter(when, expression(step.path("filter")));
    }
    if (step.has("value")) {
      return new TransformSpec.SetValue(when, expression(step.path("value")));
    }
    return step.has("key")
        ? new TransformSpec.SetKey(when, expression(step.path("key")))
        : new TransformSpec.SetTopic(when, step.path("topic").asText());
  }

  /** The one language that an expression is written in. */
  static Expression expression(JsonNode node) {
    Map.Entry<String, JsonNode> only = node.properties().iterator().next();
    return new Expression(
        Language.valueOf(only.getKey().toUpperCase(Locale.ROOT)), only.getValue().asText());
  }

  private static ErrorPolicy errors(String connector, JsonNode node) {
    return new ErrorPolicy(
        node.path("retries").asInt(),
        Then.valueOf(node.path("then").asText().toUpperCase(Locale.ROOT).replace('-', '_')),
        deadLetterTopic(connector, node),
        Units.duration(node.path("backoff").asText()),
        Units.duration(node.path("max-backoff").asText()));
  }

  static String deadLetterTopic(String connector, JsonNode errors) {
    return errors.path("dead-letter-topic").asText(connector + ".dead-letters");
  }

  /** A text or a list of texts as a list. */
  static List<String> strings(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(item -> texts.add(item.asText()));
    return List.copyOf(texts);
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.has(name) ? node.path(name).asText() : null;
  }
}
