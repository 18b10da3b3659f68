package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.Units;
import dev.sluice.gateway.config.KafkaSecuritySpec.Quota;
import dev.sluice.gateway.config.KafkaSecuritySpec.Resource;
import dev.sluice.gateway.config.KafkaSecuritySpec.Rule;
import dev.sluice.gateway.config.KafkaSpec.ClientCertificate;
import dev.sluice.gateway.config.KafkaSpec.Limits;
import dev.sluice.gateway.config.KafkaSpec.Listener;
import dev.sluice.gateway.config.KafkaSpec.Tls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code server.kafka} from a tree that is valid and has its defaults filled in. */
final class KafkaForm {

  /** The name of the listener whose settings stand under {@code kafka} itself. */
  static final String MAIN = "main";

  private KafkaForm() {}

  static KafkaSpec read(JsonNode kafka, Environment environment) {
    List<Listener> listeners = new ArrayList<>();
    listeners.add(
        listener(MAIN, kafka, environment.kafkaPort().orElse(kafka.path("port").asInt())));
    kafka
        .path("listeners")
        .properties()
        .forEach(
            each ->
                listeners.add(
                    listener(
                        each.getKey(), each.getValue(), each.getValue().path("port").asInt())));
    return new KafkaSpec(
        listeners,
        limits(kafka.path("limits")),
        kafka.path("auto-create-topics").asBoolean(),
        kafka.path("default-partitions").asInt(),
        security(kafka));
  }

  private static Listener listener(String name, JsonNode node, int port) {
    JsonNode advertisedPort = node.path("advertised-port");
    return new Listener(
        name,
        node.path("host").asText(),
        port,
        text(node.path("advertised-host")),
        advertisedPort.isMissingNode() ? null : Integer.valueOf(advertisedPort.asInt()),
        node.has("tls") ? tls(node.path("tls")) : null,
        Set.copyOf(SpecReader.strings(node.path("sasl"))));
  }

  private static Tls tls(JsonNode node) {
    String password = text(node.path("key-password"));
    String authorities = text(node.path("client-authorities"));
    return new Tls(
        Path.of(node.path("certificate").asText()),
        Path.of(node.path("key").asText()),
        password == null ? null : new SecretText(password),
        authorities == null ? null : Path.of(authorities),
        ClientCertificate.valueOf(
            node.path("client-certificate").asText().toUpperCase(Locale.ROOT)));
  }

  private static Limits limits(JsonNode node) {
    return new Limits(
        Math.toIntExact(Units.sizeBytes(node.path("request").asText())),
        Units.sizeBytes(node.path("memory").asText()),
        node.path("connections").asInt(),
        node.path("in-flight").asInt(),
        Units.duration(node.path("idle").asText()),
        Units.duration(node.path("transfer").asText()));
  }

  private static KafkaSecuritySpec security(JsonNode kafka) {
    Map<String, SecretText> users = new HashMap<>();
    kafka
        .path("users")
        .properties()
        .forEach(
            user ->
                users.put(
                    user.getKey(), new SecretText(user.getValue().path("password").asText())));
    List<Rule> rules = new ArrayList<>();
    kafka.path("acls").forEach(rule -> rules.add(rule(rule)));
    List<Quota> quotas = new ArrayList<>();
    kafka.path("quotas").forEach(quota -> quotas.add(quota(quota)));
    return new KafkaSecuritySpec(
        users, Set.copyOf(SpecReader.strings(kafka.path("super-users"))), rules, quotas);
  }

  private static Rule rule(JsonNode node) {
    boolean isAllowed = node.has("allow");
    Resource resource = resource(node);
    return new Rule(
        node.path("user").asText(),
        node.path("host").asText(),
        isAllowed,
        SpecReader.strings(node.path(isAllowed ? "allow" : "deny")),
        resource,
        resource == Resource.CLUSTER ? "" : node.path(key(resource)).asText());
  }

  private static Resource resource(JsonNode node) {
    for (Resource resource : Resource.values()) {
      if (node.has(key(resource))) {
        return resource;
      }
    }
    throw new IllegalStateException("A valid rule is about something");
  }

  private static String key(Resource resource) {
    return resource.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Quota quota(JsonNode node) {
    return new Quota(
        text(node.path("user")),
        text(node.path("client")),
        size(node.path("produce")),
        size(node.path("fetch")));
  }

  private static @Nullable Long size(JsonNode node) {
    return node.isMissingNode() ? null : Long.valueOf(Units.sizeBytes(node.asText()));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isMissingNode() ? null : node.asText();
  }
}
