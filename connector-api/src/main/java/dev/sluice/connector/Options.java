package dev.sluice.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A connector's options: valid under its type's schema, with defaults filled in and references to
 * secrets resolved. The typed getters therefore fail only where schema and code disagree.
 * Immutable; printing one shows names, never values.
 */
public final class Options {

  private final Map<String, Object> values;

  /**
   * Options as given.
   *
   * @param values strings, numbers, booleans, lists and maps of these
   */
  public Options(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** All values, for connectors that pass options on. Contains secrets. */
  public Map<String, Object> asMap() {
    return values;
  }

  public String string(String name) {
    return String.valueOf(required(name));
  }

  public Optional<String> optionalString(String name) {
    return Optional.ofNullable(values.get(name)).map(String::valueOf);
  }

  public String string(String name, String otherwise) {
    return optionalString(name).orElse(otherwise);
  }

  public int integer(String name) {
    return Math.toIntExact(longInteger(name));
  }

  public long longInteger(String name) {
    return required(name) instanceof Number number ? number.longValue() : wrong(name, "a number");
  }

  public double number(String name) {
    return required(name) instanceof Number number ? number.doubleValue() : wrong(name, "a number");
  }

  public boolean bool(String name) {
    return required(name) instanceof Boolean bool ? bool : wrong(name, "true or false");
  }

  public Duration duration(String name) {
    return Units.duration(string(name));
  }

  public long sizeBytes(String name) {
    return Units.sizeBytes(string(name));
  }

  /**
   * A list of strings; empty when the option is absent. A single string counts as a list of one.
   */
  public List<String> strings(String name) {
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  /** A map with string keys; empty when the option is absent. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> map(String name) {
    Object value = values.get(name);
    return value == null
        ? Map.of()
        : value instanceof Map<?, ?> map ? (Map<String, Object>) map : wrong(name, "a map");
  }

  /** The value as it is, or null. */
  public @Nullable Object raw(String name) {
    return values.get(name);
  }

  private Object required(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw ConnectorException.configuration(
          "option-missing", "The option '" + name + "' is missing.", "Set '" + name + "'.");
    }
    return value;
  }

  private static <T> T wrong(String name, String expected) {
    throw ConnectorException.configuration(
        "option-type",
        "The option '" + name + "' is not " + expected + ".",
        "Give '" + name + "' " + expected + ".");
  }

  /** The names that are set; no values, since some are secret. */
  @Override
  public String toString() {
    return "Options" + new TreeSet<>(values.keySet());
  }
}
