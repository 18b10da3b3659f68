package dev.sluice.gateway.config;

import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.SinkType;
import dev.sluice.connector.SourceType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The connector types that this gateway knows. Immutable. */
public final class ConnectorTypes {

  private final Map<String, SourceType> sources = new TreeMap<>();
  private final Map<String, SinkType> sinks = new TreeMap<>();

  /** The types on the class path, as {@link ServiceLoader} finds them. */
  public static ConnectorTypes installed() {
    return new ConnectorTypes(
        ServiceLoader.load(SourceType.class).stream().map(ServiceLoader.Provider::get).toList(),
        ServiceLoader.load(SinkType.class).stream().map(ServiceLoader.Provider::get).toList());
  }

  /**
   * The given types.
   *
   * @throws IllegalArgumentException if two sources or two sinks share a name
   */
  public ConnectorTypes(
      Collection<? extends SourceType> sources, Collection<? extends SinkType> sinks) {
    sources.forEach(type -> register(this.sources, type));
    sinks.forEach(type -> register(this.sinks, type));
  }

  private static <T extends ConnectorType> void register(Map<String, T> types, T type) {
    T other = types.putIfAbsent(type.name(), type);
    if (other != null) {
      throw new IllegalArgumentException(
          "Two connector types are named '%s': %s and %s."
              .formatted(type.name(), other.getClass().getName(), type.getClass().getName()));
    }
  }

  /** The type of this kind and name. Rules have none: they are the runtime's own. */
  public Optional<ConnectorType> find(ConnectorSpec.Kind kind, String name) {
    return switch (kind) {
      case SOURCE -> Optional.ofNullable(sources.get(name));
      case SINK -> Optional.ofNullable(sinks.get(name));
      case RULE -> Optional.empty();
    };
  }

  /** All types by name, a source before a sink of the same name. */
  public List<ConnectorType> all() {
    return Stream.<ConnectorType>concat(sources.values().stream(), sinks.values().stream())
        .sorted(Comparator.comparing(ConnectorType::name))
        .toList();
  }

  /** All source types by name. */
  public List<SourceType> sources() {
    return List.copyOf(sources.values());
  }

  /** All sink types by name. */
  public List<SinkType> sinks() {
    return List.copyOf(sinks.values());
  }

  public Optional<SourceType> source(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  public Optional<SinkType> sink(String name) {
    return Optional.ofNullable(sinks.get(name));
  }
}
