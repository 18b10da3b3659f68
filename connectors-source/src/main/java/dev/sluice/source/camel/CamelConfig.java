package dev.sluice.source.camel;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The options of {@code camel}, typed. Properties of kamelets may be secret; never print one.
 *
 * @param origin what is run
 * @param inFlight at most so many exchanges wait for their records to become durable
 */
record CamelConfig(Origin origin, int inFlight) {

  /** What is run. */
  sealed interface Origin {}

  /** A route as text in the YAML DSL. */
  record RouteText(String yaml) implements Origin {}

  /** A file that holds routes in the YAML DSL. */
  record RouteFile(Path path) implements Origin {}

  /** A kamelet of the catalogue with its properties, checked against its definition. */
  record NamedKamelet(Kamelet kamelet, Map<String, String> properties) implements Origin {}

  /**
   * Reads the options.
   *
   * @throws ConnectorException of category CONFIGURATION naming the option that is wrong
   */
  static CamelConfig of(Options options) {
    long given = Stream.of("route", "file", "kamelet").filter(options::has).count();
    if (given != 1) {
      throw ConnectorException.configuration(
          "route-count",
          given == 0
              ? "None of the options 'route', 'file' and 'kamelet' is set."
              : "More than one of the options 'route', 'file' and 'kamelet' is set.",
          "Set exactly one of them.");
    }
    if (options.has("properties")
        && !options.map("properties").isEmpty()
        && !options.has("kamelet")) {
      throw ConnectorException.configuration(
          "properties-without-kamelet",
          "The option 'properties' belongs to 'kamelet', which is not set.",
          "Write the parameters into the route itself.");
    }
    return new CamelConfig(origin(options), options.integer("in-flight"));
  }

  private static Origin origin(Options options) {
    if (options.has("kamelet")) {
      Kamelet kamelet = Kamelet.named(options.string("kamelet"));
      return new NamedKamelet(kamelet, kamelet.checked(options.map("properties")));
    }
    return options.has("file")
        ? new RouteFile(Path.of(options.string("file")))
        : new RouteText(Yaml.routes(Objects.requireNonNull(options.raw("route"))));
  }

  /** What is run, without properties. */
  @Override
  public String toString() {
    return switch (origin) {
      case RouteText text -> "CamelConfig[route]";
      case RouteFile file -> "CamelConfig[" + file.path() + "]";
      case NamedKamelet named -> "CamelConfig[" + named.kamelet().name() + "]";
    };
  }
}
