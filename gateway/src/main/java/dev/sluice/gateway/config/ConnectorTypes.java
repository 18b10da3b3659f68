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

/** The connector types that this gateway offers. Immutable. */
public final class ConnectorTypes {

  private final Map<String, SourceType> sources;
  private final Map<String, SinkType> sinks;

  /**
   * The given types.
   *
   * @throws IllegalArgumentException if two sources or two sinks share a name
   */
  public ConnectorTypes(
      Collection<? extends SourceType> sources, Collection<? extends SinkType> sinks) {
    this.sources = byName(sources);
    this.sinks = byName(sinks);
  }

  /** All types on the class path. */
  public static ConnectorTypes installed() {
    return new ConnectorTypes(all(SourceType.class), all(SinkType.class));
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

  public Optional<SourceType> source(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  public Optional<SinkType> sink(String name) {
    return Optional.ofNullable(sinks.get(name));
  }

  /** Source types by name. */
  public List<SourceType> sources() {
    return List.copyOf(sources.values());
  }

  /** Sink types by name. */
  public List<SinkType> sinks() {
    return List.copyOf(sinks.values());
  }

  private static <T> List<T> all(Class<T> kind) {
    return ServiceLoader.load(kind).stream().map(ServiceLoader.Provider::get).toList();
  }

  private static <T extends ConnectorType> Map<String, T> byName(Collection<? extends T> types) {
    Map<String, T> map = new TreeMap<>();
    for (T type : types) {
      T other = map.put(type.name(), type);
      if (other != null) {
        throw new IllegalArgumentException(
            "Two connector types are called '"
                + type.name()
                + "': "
                + other.getClass().getName()
                + " and "
                + type.getClass().getName());
      }
    }
    return map;
  }
}
