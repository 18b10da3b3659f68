package dev.sluice.broker.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;

/**
 * A setting that clients can read and change.
 *
 * @param type how its text is read
 * @param standard what holds where it is not set
 * @param validator throws {@link ConfigException} for a value that can't be
 * @param documentation for people
 */
public record Setting(
    String name,
    ConfigDef.Type type,
    String standard,
    ConfigDef.Validator validator,
    String documentation) {

  /**
   * The meaning of a value.
   *
   * @return an object of the class that Kafka has for the type
   * @throws InvalidConfigurationException if it has none, or is not allowed
   */
  public Object parse(String value) {
    Object parsed = read(value);
    try {
      validator.ensureValid(name, parsed);
      return parsed;
    } catch (ConfigException refused) {
      throw new InvalidConfigurationException(refused.getMessage(), refused);
    }
  }

  /** The same, of a value that has been allowed before; by rules that may have changed since. */
  Object read(String value) {
    try {
      return ConfigDef.parseType(name, value, type);
    } catch (ConfigException unreadable) {
      throw new InvalidConfigurationException(unreadable.getMessage(), unreadable);
    }
  }

  /**
   * A value as it is kept: the same text for all ways of writing it.
   *
   * @throws InvalidConfigurationException if it is not allowed
   */
  public String normal(String value) {
    return text(parse(value));
  }

  /** A meaning as text, the same for all ways of writing it. */
  String text(Object parsed) {
    return ConfigDef.convertToString(parsed, type);
  }

  public boolean isList() {
    return type == ConfigDef.Type.LIST;
  }
}
