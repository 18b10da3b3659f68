package dev.sluice.broker.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.jspecify.annotations.Nullable;

/**
 * The server's settings by the names that Kafka has for them, as far as it has them, for clients
 * that look: whether topics come into being by themselves, what a topic gets that says nothing.
 * They are changed in the server's configuration only.
 */
public final class BrokerSettings {

  private final Settings settings;
  private final SortedMap<String, String> set;

  /**
   * The settings of a server.
   *
   * @param nodeId its number among the brokers
   * @param defaults what a new topic gets
   * @param directory where its data are
   */
  public BrokerSettings(int nodeId, BrokerDefaults defaults, Path directory) {
    List<Setting> known = new ArrayList<>();
    this.set = new TreeMap<>();
    Map<String, String> topicDefaults = TopicSettingsMapping.toKafka(defaults.topic());
    for (Setting topic : TopicSettings.SETTINGS.all()) {
      String name = serverName(topic.name());
      if (name != null) {
        known.add(
            new Setting(
                name, topic.type(), topic.standard(), topic.validator(), topic.documentation()));
        String value = topicDefaults.get(topic.name());
        if (value != null) {
          set.put(name, value);
        }
      }
    }
    add(known, "broker.id", ConfigDef.Type.INT, nodeId, "This broker's number.");
    add(known, "node.id", ConfigDef.Type.INT, nodeId, "This broker's number.");
    add(known, "log.dirs", ConfigDef.Type.LIST, directory.toAbsolutePath(), "The data directory.");
    add(
        known,
        "num.partitions",
        ConfigDef.Type.INT,
        defaults.partitions(),
        "How many partitions a topic gets whose creator doesn't say.");
    add(
        known,
        "auto.create.topics.enable",
        ConfigDef.Type.BOOLEAN,
        defaults.autoCreate(),
        "Whether a topic comes into being when a client first asks for it.");
    known.add(constant("default.replication.factor", ConfigDef.Type.INT, "1"));
    known.add(constant("delete.topic.enable", ConfigDef.Type.BOOLEAN, "true"));
    known.add(constant("log.cleaner.enable", ConfigDef.Type.BOOLEAN, "true"));
    known.add(constant("auto.leader.rebalance.enable", ConfigDef.Type.BOOLEAN, "false"));
    this.settings = new Settings("broker", known);
  }

  private void add(
      List<Setting> known, String name, ConfigDef.Type type, Object value, String documentation) {
    String text = String.valueOf(value);
    known.add(new Setting(name, type, text, (asked, given) -> {}, documentation));
    set.put(name, text);
  }

  private static Setting constant(String name, ConfigDef.Type type, String value) {
    return new Setting(name, type, value, (asked, given) -> {}, "It has no other value here.");
  }

  public Settings settings() {
    return settings;
  }

  /** What the server's configuration says, by name. */
  public Map<String, String> set() {
    return set;
  }

  /** What a topic setting's default is called among a server's settings; null if it has none. */
  public static @Nullable String serverName(String topicSetting) {
    return ServerTopicConfigSynonyms.TOPIC_CONFIG_SYNONYMS.get(topicSetting);
  }
}
