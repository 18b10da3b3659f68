package dev.sluice.source.camel;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;
import java.time.Duration;

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
    return "Runs an Apache Camel route, in the YAML DSL, or a kamelet of Camel's catalogue, and"
        + " puts what arrives at its end into a topic. An exchange completes only when its"
        + " record is durable in the log, and fails when the connector stops before that."
        + " Components on the class path: "
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
  public ConnectionReport test(String connector, Options options, Duration limit)
      throws InterruptedException {
    return CamelTask.test(connector, CamelConfig.of(options));
  }

  @Override
  public PreviewSupport preview() {
    return new PreviewSupport.Impossible(
        "What a route consumes may be gone from where it came, and only the route's author knows.");
  }

  @Override
  public SourceTask newTask() {
    return new CamelTask();
  }
}
