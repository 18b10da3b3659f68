package dev.sluice.source.host;

import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;

/** The source {@code host}. */
public final class HostSourceType implements SourceType {

  private static final String SCHEMA = OptionsSchema.of(HostSourceType.class);

  @Override
  public String name() {
    return "host";
  }

  @Override
  public String title() {
    return "Sensors of this machine";
  }

  @Override
  public String description() {
    return "CPU load, memory, disk space and traffic, network traffic, and temperatures and fans"
        + " where there are any, of the machine that the gateway runs on. What happens while it is"
        + " stopped is not measured.";
  }

  @Override
  public String optionsSchema() {
    return SCHEMA;
  }

  @Override
  public void checkExactlyOnce(Options options) {
    throw ConnectorType.cannotBeExact("a measurement that was lost can't be taken again");
  }

  @Override
  public PreviewSupport preview() {
    return new PreviewSupport.Possible("Shows the first readings, which take one interval.");
  }

  @Override
  public SourceTask newPreviewTask() {
    return newTask();
  }

  @Override
  public SourceTask newTask() {
    return new HostSourceTask(new OshiReaders());
  }
}
