package dev.sluice.source.file;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.Options;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;
import java.io.IOException;
import java.time.Duration;

/** The source {@code file}. */
public final class FileSourceType implements SourceType {

  private static final String SCHEMA = OptionsSchema.of(FileSourceType.class);

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
    return "Reads a tailed file, or the files of a directory, as lines, CSV or JSON lines. Goes on"
        + " at the exact byte after a restart, also when files were rotated meanwhile; what is"
        + " malformed is set aside with its file and line.";
  }

  @Override
  public String optionsSchema() {
    return SCHEMA;
  }

  @Override
  public void check(Options options) {
    FileOptions.from(options);
  }

  /** A position is a byte of a file, and what is read from there on never changes. */
  @Override
  public void checkExactlyOnce(Options options) {}

  @Override
  public ConnectionReport test(String connector, Options options, Duration limit)
      throws IOException {
    return PathProbe.run(FileOptions.from(options));
  }

  @Override
  public PreviewSupport preview() {
    return new PreviewSupport.Possible(
        "Shows the first records of the files that are there; no file is moved or deleted.");
  }

  @Override
  public SourceTask newPreviewTask() {
    return newTask();
  }

  @Override
  public SourceTask newTask() {
    return new FileSourceTask();
  }
}
