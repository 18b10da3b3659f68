package dev.sluice.broker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;

/**
 * The settings of consumer groups: those of Kafka's group coordinator, with its bounds. What is set
 * stands in the metadata. Immutable.
 */
public final class GroupSettings {

  private final GroupCoordinatorConfig coordinator;
  private final ShareGroupConfig shareGroups;
  private final Settings settings;

  /** Settings with the defaults and bounds of these coordinators. */
  public GroupSettings(GroupCoordinatorConfig coordinator, ShareGroupConfig shareGroups) {
    this.coordinator = coordinator;
    this.shareGroups = shareGroups;
    Map<String, Integer> defaults = coordinator.extractGroupConfigMap(shareGroups);
    List<Setting> all = new ArrayList<>();
    for (ConfigDef.ConfigKey key : GroupConfig.configDef().configKeys().values()) {
      Object standard = defaults.containsKey(key.name) ? defaults.get(key.name) : key.defaultValue;
      all.add(
          new Setting(
              key.name,
              key.type,
              ConfigDef.convertToString(standard, key.type),
              key.validator == null ? (name, value) -> {} : key.validator,
              key.documentation));
    }
    this.settings = new Settings("group", all);
  }

  /** With the defaults and bounds that Kafka has. */
  public static GroupSettings standard() {
    return within(new GroupCoordinatorConfig(kafkas()));
  }

  /** With the defaults and bounds of a coordinator, and Kafka's for share groups. */
  public static GroupSettings within(GroupCoordinatorConfig coordinator) {
    return new GroupSettings(coordinator, new ShareGroupConfig(kafkas()));
  }

  private static AbstractConfig kafkas() {
    ConfigDef both =
        Utils.mergeConfigs(List.of(GroupCoordinatorConfig.CONFIG_DEF, ShareGroupConfig.CONFIG_DEF));
    return new AbstractConfig(both, Map.of(), false);
  }

  public Settings settings() {
    return settings;
  }

  /**
   * Checks all settings of a group together.
   *
   * @throws InvalidConfigurationException if they are not within the bounds
   */
  public void check(Map<String, String> set) {
    Properties properties = new Properties();
    coordinator.extractGroupConfigMap(shareGroups).forEach(properties::put);
    properties.putAll(set);
    try {
      GroupConfig.validate(properties, coordinator, shareGroups);
    } catch (ConfigException refused) {
      throw new InvalidConfigurationException(refused.getMessage(), refused);
    }
  }
}
