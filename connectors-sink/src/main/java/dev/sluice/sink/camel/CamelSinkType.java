package dev.sluice.sink.camel;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.SinkType;
import dev.sluice.sink.support.Schemas;
import java.time.Duration;

/** The sink that runs a Camel route. */
public final class CamelSinkType implements SinkType {

  @Override
  public String name() {
    return "camel";
  }

  @Override
  public String title() {
    return "Camel route";
  }

  @Override
  public String description() {
    return "Sends each record through an Apache Camel endpoint, route or kamelet, in order and at"
        + " least once: a record counts as written when its exchange has completed without an"
        + " error.";
  }

  @Override
  public String optionsSchema() {
    return Schemas.beside(CamelSinkType.class);
  }

  @Override
  public void check(Options options) {
    CamelSinkConfig.of(options);
  }

  @Override
  public void checkExactlyOnce(Options options) {
    throw ConnectorType.cannotBeExact("a route's target keeps no positions");
  }

  @Override
  public ConnectionReport test(String connector, Options options, Duration limit) {
    return CamelSinkTask.test(CamelSinkConfig.of(options));
  }

  @Override
  public SinkTask newTask() {
    return new CamelSinkTask();
  }
}
