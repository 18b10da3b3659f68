package dev.sluice.broker.config;

import dev.sluice.broker.metadata.TopicConfig;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A setting of topics, and what it does here.
 *
 * @param role what comes of setting it
 * @param read its value in a topic's settings, null if it is not set there
 * @param write puts its value into a draft
 */
record TopicSetting(
    Setting setting,
    Role role,
    Function<TopicConfig, @Nullable Object> read,
    BiConsumer<TopicDraft, Object> write) {

  /** What comes of setting it. */
  enum Role {
    /** It does here what it does in Kafka. */
    IN_FORCE,
    /** It has one value here. Setting it to that is fine, another value is refused. */
    FIXED,
    /** It is kept and shown and steers nothing: what it is about in Kafka is done differently. */
    NOTED
  }

  static TopicSetting noted(
      String name,
      ConfigDef.Type type,
      String standard,
      ConfigDef.Validator validator,
      String documentation) {
    Setting setting =
        new Setting(
            name, type, standard, validator, documentation + " Kept, but steers nothing here.");
    return new TopicSetting(setting, Role.NOTED, config -> null, (draft, value) -> {});
  }

  /**
   * A setting with one value.
   *
   * @param reason why it has no other, a sentence
   */
  static TopicSetting fixed(String name, ConfigDef.Type type, String only, String reason) {
    Object allowed = ConfigDef.parseType(name, only, type);
    ConfigDef.Validator validator =
        (asked, value) -> {
          if (!allowed.equals(value)) {
            throw new ConfigException(
                name, value, reason + " It can be '" + only + "' only; leave it out");
          }
        };
    Setting setting = new Setting(name, type, only, validator, reason);
    return new TopicSetting(setting, Role.FIXED, config -> null, (draft, value) -> {});
  }
}
