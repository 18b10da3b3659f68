package dev.sluice.broker.config;

import dev.sluice.broker.metadata.TopicConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.errors.InvalidConfigurationException;

/**
 * What is set for a topic, in Kafka's words and in ours. Both ways together change nothing: what a
 * client has set is what it finds set, whether it is in force or not.
 */
public final class TopicSettingsMapping {

  private TopicSettingsMapping() {}

  /** The settings that topics have. */
  public static Settings settings() {
    return TopicSettings.SETTINGS;
  }

  /** Whether a topic's cleanup policy lets records go for another reason than a later one. */
  public static boolean allowsDeletion(TopicConfig config) {
    Setting policy = TopicSettings.SETTINGS.require(TopicSettings.CLEANUP_POLICY);
    String value = toKafka(config).getOrDefault(policy.name(), policy.standard());
    return policy.read(value) instanceof List<?> items && items.contains(TopicSettings.DELETE);
  }

  /** What is set for a topic, by Kafka's names. */
  public static SortedMap<String, String> toKafka(TopicConfig config) {
    SortedMap<String, String> set = inForce(config);
    if (config.noted() != null) {
      set.putAll(config.noted());
    }
    return set;
  }

  /**
   * What a topic has to be set to.
   *
   * @param set by Kafka's names; values that are new here have been {@link Setting#parse parsed}
   *     before, older ones may be such as are no longer allowed
   * @throws InvalidConfigurationException if settings are unknown or contradict each other
   */
  public static TopicConfig fromKafka(Map<String, String> set) {
    TopicDraft draft = new TopicDraft();
    Map<String, String> noted = new HashMap<>();
    for (TopicSetting row : TopicSettings.ALL) {
      String value = set.get(row.setting().name());
      if (value != null) {
        Object parsed = row.setting().read(value);
        row.write().accept(draft, parsed);
        noted.put(row.setting().name(), row.setting().text(parsed));
      }
    }
    set.keySet().forEach(TopicSettings.SETTINGS::require);
    TopicConfig config = draft.build();
    noted.entrySet().removeAll(inForce(config).entrySet());
    return withNoted(config, noted);
  }

  private static TopicConfig withNoted(TopicConfig config, Map<String, String> noted) {
    return new TopicConfig(
        config.retentionMillis(),
        config.retentionBytes(),
        config.consumedBy(),
        config.compaction(),
        config.flush(),
        config.timestamps(),
        config.maxBatchBytes(),
        config.segments(),
        noted);
  }

  private static SortedMap<String, String> inForce(TopicConfig config) {
    SortedMap<String, String> values = new TreeMap<>();
    for (TopicSetting row : TopicSettings.ALL) {
      Object value = row.read().apply(config);
      if (value != null) {
        values.put(row.setting().name(), row.setting().text(value));
      }
    }
    return values;
  }
}
