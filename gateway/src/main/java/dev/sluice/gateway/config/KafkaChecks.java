package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.connector.Units;
import java.util.Optional;

/** Checks what the schema can't say of {@code server.kafka}. One instance serves one load. */
final class KafkaChecks {

  private static final Pointer KAFKA = Pointer.of("server", "kafka");
  private static final long MIN_REQUEST_BYTES = 1L << 20;
  private static final long MAX_REQUEST_BYTES = 1L << 30;

  private final ConfigSchema schema;
  private final ConfigTree tree;
  private final ShownValues values;
  private final Problems problems;

  KafkaChecks(ConfigSchema schema, ConfigTree tree, ShownValues values, Problems problems) {
    this.schema = schema;
    this.tree = tree;
    this.values = values;
    this.problems = problems;
  }

  /** Checks what is there, and leaves alone what the schema has refused already. */
  void check() {
    ObjectNode filled = tree.root().deepCopy();
    new Defaults(schema.strict()).fill(filled, schema.strict());
    checkHost(filled, KAFKA.child("host"));
    checkPort(filled, KAFKA.child("port"));
    checkRequest(filled, KAFKA.child("limits"));
    checkPositive(filled, KAFKA.child("limits").child("idle"));
    checkPositive(filled, KAFKA.child("limits").child("transfer"));
  }

  private void checkHost(JsonNode filled, Pointer at) {
    JsonNode host = at.in(filled);
    if (host.isTextual() && !host.asText().isEmpty() && !Names.isLoopback(host.asText())) {
      add(
          at,
          values.shown(at)
              + " is reachable from other machines, and clients need not say who they are",
          "use 127.0.0.1");
    }
  }

  private void checkPort(JsonNode filled, Pointer at) {
    JsonNode port = at.in(filled);
    JsonNode http = Pointer.of("server", "http-port").in(filled);
    if (port.isInt() && port.intValue() != 0 && port.equals(http)) {
      Pointer place = at.in(tree.root()).isMissingNode() ? Pointer.of("server", "http-port") : at;
      add(place, port.asText() + " is both HTTP and Kafka port", "choose another one for either");
    }
  }

  private void checkRequest(JsonNode filled, Pointer limits) {
    Optional<Long> request = size(filled, limits.child("request"));
    if (request.isEmpty()) {
      return;
    }
    if (request.get() < MIN_REQUEST_BYTES) {
      String least = "at least " + Units.formatSize(MIN_REQUEST_BYTES);
      add(limits.child("request"), "is too small", least);
    } else if (request.get() > MAX_REQUEST_BYTES) {
      String most = "at most " + Units.formatSize(MAX_REQUEST_BYTES);
      add(limits.child("request"), "is too large", most);
    } else {
      checkMemory(filled, limits.child("memory"), request.get());
    }
  }

  private void checkMemory(JsonNode filled, Pointer at, long requestBytes) {
    if (size(filled, at).filter(memory -> memory < requestBytes).isPresent()) {
      add(
          at,
          "has no room for a request of " + Units.formatSize(requestBytes),
          "raise it, or lower 'request'");
    }
  }

  private void checkPositive(JsonNode filled, Pointer at) {
    String text = at.in(filled).asText();
    if (Form.DURATION.fault(text).isEmpty() && Units.duration(text).isZero()) {
      add(at, "is too short", "at least 1ms");
    }
  }

  private static Optional<Long> size(JsonNode filled, Pointer at) {
    String text = at.in(filled).asText();
    return Form.SIZE.fault(text).isEmpty() ? Optional.of(Units.sizeBytes(text)) : Optional.empty();
  }

  private void add(Pointer at, String message, String suggestion) {
    problems.add(tree.valuePlace(at), at, message, suggestion);
  }
}
