package dev.sluice.broker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.InvalidConfigurationException;

/** A change of one setting (KIP-339). */
public sealed interface SettingChange {

  String name();

  /** Gives it a value. */
  record Assign(String name, String value) implements SettingChange {}

  /** Leaves it to the default. */
  record Clear(String name) implements SettingChange {}

  /** Adds items, separated by commas, to a list; those that are there stay where they are. */
  record Append(String name, String items) implements SettingChange {}

  /** Takes items, separated by commas, from a list; those that aren't there don't matter. */
  record Subtract(String name, String items) implements SettingChange {}

  /**
   * What is set after some changes.
   *
   * @param set what was set before
   * @throws InvalidConfigurationException if a setting or a value can't be
   */
  static Map<String, String> apply(
      Map<String, String> set, List<SettingChange> changes, Settings settings) {
    TreeMap<String, String> changed = new TreeMap<>(set);
    for (SettingChange change : changes) {
      switch (change) {
        case Assign assign ->
            changed.put(assign.name(), settings.require(assign.name()).normal(assign.value()));
        case Clear clear -> changed.remove(settings.require(clear.name()).name());
        case Append append -> {
          Setting list = list(append.name(), settings);
          List<String> items = items(changed, list);
          for (String item : split(append.items())) {
            if (!items.contains(item)) {
              items.add(item);
            }
          }
          changed.put(list.name(), list.normal(String.join(",", items)));
        }
        case Subtract subtract -> {
          Setting list = list(subtract.name(), settings);
          List<String> items = items(changed, list);
          items.removeAll(split(subtract.items()));
          changed.put(list.name(), list.normal(String.join(",", items)));
        }
      }
    }
    return changed;
  }

  private static Setting list(String name, Settings settings) {
    Setting setting = settings.require(name);
    if (!setting.isList()) {
      throw new InvalidConfigurationException(
          "'" + name + "' is not a list: nothing can be appended or subtracted, only set.");
    }
    return setting;
  }

  private static List<String> items(Map<String, String> set, Setting list) {
    return new ArrayList<>(split(set.getOrDefault(list.name(), list.standard())));
  }

  private static List<String> split(String items) {
    List<String> split = new ArrayList<>();
    for (String item : items.split(",", -1)) {
      if (!item.isBlank()) {
        split.add(item.strip());
      }
    }
    return split;
  }
}
