package dev.sluice.broker.config;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.kafka.common.errors.InvalidConfigurationException;

/** The settings that one kind of thing has. Immutable. */
public final class Settings {

  private final String kind;
  private final SortedMap<String, Setting> byName;

  /**
   * Settings.
   *
   * @param kind what they are settings of, for messages
   */
  Settings(String kind, Collection<Setting> settings) {
    this.kind = kind;
    TreeMap<String, Setting> sorted = new TreeMap<>();
    settings.forEach(setting -> sorted.put(setting.name(), setting));
    this.byName = Collections.unmodifiableSortedMap(sorted);
  }

  /** All of them, by name. */
  public Collection<Setting> all() {
    return byName.values();
  }

  public Optional<Setting> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * A setting.
   *
   * @throws InvalidConfigurationException if there is none of this name; it names the nearest
   */
  public Setting require(String name) {
    Setting known = byName.get(name);
    if (known != null) {
      return known;
    }
    throw new InvalidConfigurationException(
        "There is no " + kind + " setting '" + name + "'" + suggestion(name));
  }

  private String suggestion(String name) {
    LevenshteinDistance distance = new LevenshteinDistance(Math.max(2, name.length() / 4));
    return byName.keySet().stream()
        .filter(known -> distance.apply(name, known) >= 0)
        .min(Comparator.comparingInt(known -> distance.apply(name, known)))
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElse(".");
  }
}
