package dev.sluice.gateway.config;

import dev.sluice.connector.Options;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A declared source, sink or rule. Two specs that are equal need no restart.
 *
 * @param name unique among all connectors
 * @param kind what it is
 * @param type the connector type; {@code rule} for rules
 * @param topic where records go: for a source a template such as {@code shop.{table}}, for a rule a
 *     topic's name; null for a sink
 * @param topics what a sink or rule reads; empty for a source
 * @param key a template for the record key, such as {@code {mqtt.topic}}, or null to keep the
 *     record's own
 * @param valueFormat how a sink decodes values
 * @param transforms what is done to each record on its way, in order
 * @param errors what happens to records that can't be handled
 * @param delivery how often a record arrives when something fails
 * @param tasks how many tasks share the work, at least 1
 * @param options the type's own options, resolved
 * @param displayConfig the configuration as people may see it: as written, references unresolved,
 *     literal secrets replaced by {@code ****}
 */
public record ConnectorSpec(
    String name,
    Kind kind,
    String type,
    @Nullable String topic,
    List<String> topics,
    @Nullable String key,
    ValueFormat valueFormat,
    List<TransformSpec> transforms,
    ErrorPolicy errors,
    Delivery delivery,
    int tasks,
    OptionValues options,
    Map<String, Object> displayConfig) {

  /** Source, sink, or a rule from topic to topic. */
  public enum Kind {
    SOURCE,
    SINK,
    RULE
  }

  /** How a sink decodes keys and values. */
  public enum ValueFormat {
    /** JSON if it is JSON, else text if it is UTF-8, else bytes; never fails. */
    AUTO,
    /** JSON; anything else is a dead letter. */
    JSON,
    /** UTF-8 text; anything else is a dead letter. */
    TEXT,
    /** Bytes as they are. */
    BYTES
  }

  /**
   * Option values with equality, which never prints them.
   *
   * @param values resolved values; contains secrets
   * @param secrets those of them, or parts of them, that are secret
   */
  public record OptionValues(Map<String, Object> values, Set<String> secrets) {

    /** Values of which none is secret. */
    public OptionValues(Map<String, Object> values) {
      this(values, Set.of());
    }

    /** A text of which one can't be sure, such as somebody's error message, without the secrets. */
    public String covered(String text) {
      return secrets.isEmpty() ? text : new Secrets(secrets).cover(text);
    }

    public Options asOptions() {
      return new Options(values);
    }

    @Override
    public String toString() {
      return asOptions().toString();
    }
  }
}
