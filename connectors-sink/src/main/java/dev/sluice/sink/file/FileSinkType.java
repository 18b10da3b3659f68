package dev.sluice.sink.file;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.SinkType;
import dev.sluice.sink.support.Schemas;
import java.time.Duration;

/** The sink that writes files. */
public final class FileSinkType implements SinkType {

  @Override
  public String name() {
    return "file";
  }

  @Override
  public String title() {
    return "Files";
  }

  @Override
  public String description() {
    return "Writes records to files as JSON lines or CSV, at least once. A file ends in '.part'"
        + " while it grows, and is renamed atomically when it is complete.";
  }

  @Override
  public String optionsSchema() {
    return Schemas.beside(FileSinkType.class);
  }

  @Override
  public void check(Options options) {
    FileSinkConfig config = FileSinkConfig.of(options);
    config.checkTogether();
  }

  @Override
  public void checkExactlyOnce(Options options) {
    throw ConnectorType.cannotBeExact(
        "several files are written at once, and no position is kept beside them");
  }

  @Override
  public ConnectionReport test(String connector, Options options, Duration limit) {
    return FolderProbe.run(FileSinkConfig.of(options).path());
  }

  @Override
  public SinkTask newTask() {
    return new FileSinkTask();
  }
}
