package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.Units;
import dev.sluice.gateway.config.KafkaSpec.Limits;
import dev.sluice.gateway.config.KafkaSpec.Listener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code server.kafka} from a tree that is valid and has its defaults filled in. */
final class KafkaForm {

  /** The name of the listener whose settings stand under {@code kafka} itself. */
  static final String MAIN = "main";

  private KafkaForm() {}

  static KafkaSpec read(JsonNode kafka, Environment environment) {
    Listener main =
        listener(MAIN, kafka, environment.kafkaPort().orElse(kafka.path("port").asInt()));
    return new KafkaSpec(
        List.of(main),
        limits(kafka.path("limits")),
        kafka.path("auto-create-topics").asBoolean(),
        kafka.path("default-partitions").asInt());
  }

  private static Listener listener(String name, JsonNode node, int port) {
    JsonNode advertisedPort = node.path("advertised-port");
    return new Listener(
        name,
        node.path("host").asText(),
        port,
        text(node.path("advertised-host")),
        advertisedPort.isMissingNode() ? null : Integer.valueOf(advertisedPort.asInt()));
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

  private static @Nullable String text(JsonNode node) {
    return node.isMissingNode() ? null : node.asText();
  }
}
