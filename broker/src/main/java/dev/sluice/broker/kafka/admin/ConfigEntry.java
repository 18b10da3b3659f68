package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.config.Setting;
import dev.sluice.broker.config.Settings;
import dev.sluice.broker.config.TopicSettingsMapping;
import dev.sluice.broker.metadata.TopicConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/**
 * A setting of something, as it stands.
 *
 * @param source who has set it
 */
record ConfigEntry(Setting setting, String value, ConfigSource source) {

  /** All settings of a topic. */
  static List<ConfigEntry> ofTopic(TopicConfig config) {
    return of(
        TopicSettingsMapping.settings(),
        TopicSettingsMapping.toKafka(config),
        ConfigSource.TOPIC_CONFIG);
  }

  /**
   * All settings of something.
   *
   * @param set what is set for it
   * @param source the source of that
   */
  static List<ConfigEntry> of(Settings settings, Map<String, String> set, ConfigSource source) {
    return settings.all().stream()
        .map(
            setting -> {
              String value = set.get(setting.name());
              return value == null
                  ? new ConfigEntry(setting, setting.standard(), ConfigSource.DEFAULT_CONFIG)
                  : new ConfigEntry(setting, value, source);
            })
        .toList();
  }
}
