package dev.sluice.sink.console;

import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.SinkType;
import dev.sluice.sink.support.Schemas;

/** The sink that prints records. */
public final class ConsoleSinkType implements SinkType {

  @Override
  public String name() {
    return "console";
  }

  @Override
  public String title() {
    return "Console";
  }

  @Override
  public String description() {
    return "Prints a line for each record on the gateway's standard output. For trying things out.";
  }

  @Override
  public String optionsSchema() {
    return Schemas.beside(ConsoleSinkType.class);
  }

  @Override
  public void checkExactlyOnce(Options options) {
    throw ConnectorType.cannotBeExact("what was printed can't be taken back");
  }

  @Override
  public SinkTask newTask() {
    return new ConsoleSinkTask(System.out);
  }
}
