package dev.sluice.source.simulator;

import dev.sluice.connector.Options;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;

/** The source {@code simulator}. */
public final class SimulatorSourceType implements SourceType {

  private static final String SCHEMA = OptionsSchema.of(SimulatorSourceType.class);

  @Override
  public String name() {
    return "simulator";
  }

  @Override
  public String title() {
    return "Simulated sensors";
  }

  @Override
  public String description() {
    return "Values of sensors that don't exist: a daily curve with noise, the same again for the"
        + " same seed. A restart goes on with the next step, without repeats.";
  }

  @Override
  public String optionsSchema() {
    return SCHEMA;
  }

  @Override
  public void check(Options options) {
    SimulatorOptions.from(options);
  }

  /** A position is a step, of which each sensor has one value. */
  @Override
  public void checkExactlyOnce(Options options) {}

  @Override
  public PreviewSupport preview() {
    return new PreviewSupport.Possible("Shows the first values of the sensors.");
  }

  @Override
  public SourceTask newPreviewTask() {
    return newTask();
  }

  @Override
  public SourceTask newTask() {
    return new SimulatorSourceTask();
  }
}
