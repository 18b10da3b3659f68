package dev.sluice.source.camel;

import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;

/** The source {@code camel}. */
public final class CamelSourceType implements SourceType {

  private static final String SCHEMA = OptionsSchema.of(CamelSourceType.class);

  @Override
  public String name() {
    return "camel";
  }

  @Override
  public String title() {
    return "Camel route or kamelet";
  }

  @Override
  public String description() {
    return "Runs an Apache Camel route, in the YAML DSL, or a kamelet of Camel's catalogue, and puts"
        + " what arrives at its end into a topic. An exchange completes only when its record is"
        + " durable in the log, and fails when the connector stops before that. Components on the"
        + " class path: "
        + String.join(", ", RouteFailures.COMPONENTS)
        + ".";
  }

  @Override
  public String optionsSchema() {
    return SCHEMA;
  }

  @Override
  public void check(Options options) {
    CamelConfig.of(options);
  }

  @Override
  public void checkExactlyOnce(Options options) {
    throw ConnectorType.cannotBeExact("a route keeps no positions to go on from");
  }

  @Override
  public SourceTask newTask() {
    return new CamelTask();
  }
}
