package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.connector.Units;
import java.util.HashMap;
import java.util.Map;
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
    checkListener(filled, KAFKA);
    KAFKA
        .child("listeners")
        .in(filled)
        .fieldNames()
        .forEachRemaining(name -> checkListener(filled, KAFKA.child("listeners").child(name)));
    checkPort(filled, KAFKA.child("port"));
    checkListenerPorts(filled);
    checkQuotas(KAFKA.child("quotas"));
    checkRequest(filled, KAFKA.child("limits"));
    checkPositive(filled, KAFKA.child("limits").child("idle"));
    checkPositive(filled, KAFKA.child("limits").child("transfer"));
  }

  private void checkListener(JsonNode filled, Pointer listener) {
    JsonNode host = listener.child("host").in(filled);
    JsonNode tls = listener.child("tls").in(filled);
    boolean mustShowCertificate = tls.path("client-certificate").asText().equals("required");
    boolean hasSasl = !listener.child("sasl").in(filled).isEmpty();
    if (host.isTextual()
        && !host.asText().isEmpty()
        && !Names.isLoopback(host.asText())
        && !hasSasl
        && !mustShowCertificate) {
      Pointer at = listener.child("host");
      add(
          at,
          values.shown(at)
              + " is reachable from other machines, and clients need not say who they are",
          "use 127.0.0.1, or give 'sasl', or 'tls' with 'client-certificate: required'");
    }
    boolean isAsked =
        mustShowCertificate || tls.path("client-certificate").asText().equals("requested");
    if (isAsked && !tls.has("client-authorities")) {
      add(
          listener.child("tls").child("client-certificate"),
          "asks for certificates, and nobody's signature counts on them",
          "name 'client-authorities'");
    }
    if (hasPlain(listener.child("sasl").in(filled))
        && !tls.isObject()
        && host.isTextual()
        && !Names.isLoopback(host.asText())) {
      add(
          listener.child("sasl"),
          "PLAIN would send passwords that everyone on the way can read",
          "give 'tls', or leave PLAIN out");
    }
  }

  private static boolean hasPlain(JsonNode sasl) {
    return SpecReader.strings(sasl).contains("PLAIN");
  }

  private void checkQuotas(Pointer quotas) {
    JsonNode all = quotas.in(tree.root());
    for (int i = 0; i < all.size() && all.isArray(); i++) {
      JsonNode quota = all.path(i);
      if (quota.isObject() && !quota.has("user") && !quota.has("client")) {
        add(quotas.child(i), "is for nobody", "name a 'user', a 'client' or both");
      }
      if (quota.isObject() && !quota.has("produce") && !quota.has("fetch")) {
        add(quotas.child(i), "limits nothing", "give 'produce', 'fetch' or both");
      }
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

  /** No two listeners can be bound to one port of one address, nor one to that of HTTP. */
  private void checkListenerPorts(JsonNode filled) {
    JsonNode main = KAFKA.in(filled);
    Map<String, String> taken = new HashMap<>();
    taken.put(place(main), "the main listener");
    taken.putIfAbsent(
        filled.path("server").path("host").asText()
            + ":"
            + filled.path("server").path("http-port").asText(),
        "HTTP");
    for (Map.Entry<String, JsonNode> each : main.path("listeners").properties()) {
      JsonNode port = each.getValue().path("port");
      if (port.isInt() && port.intValue() != 0) {
        String other = taken.putIfAbsent(place(each.getValue()), "listener " + each.getKey());
        if (other != null) {
          add(
              KAFKA.child("listeners").child(each.getKey()).child("port"),
              port.asText() + " is the port of " + other + ", too",
              "choose another one");
        }
      }
    }
  }

  private static String place(JsonNode listener) {
    return listener.path("host").asText() + ":" + listener.path("port").asText();
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
