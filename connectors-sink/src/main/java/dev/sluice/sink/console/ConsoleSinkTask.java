package dev.sluice.sink.console;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.sink.support.Json;
import dev.sluice.sink.support.Lines;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prints records. Control characters in text are printed as {@code \}{@code uXXXX}, so that a
 * record can neither forge a line nor steer a terminal.
 */
final class ConsoleSinkTask implements SinkTask {

  /** What a line holds. */
  enum Format {
    /** Partition, offset, key and value, for people. */
    TEXT,
    /** The value alone. */
    VALUE,
    /** Everything, as JSON. */
    JSON
  }

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final PrintStream out;
  private Format format = Format.TEXT;

  ConsoleSinkTask(PrintStream out) {
    this.out = out;
  }

  @Override
  public void start(SinkContext context) {
    format = Format.valueOf(context.options().string("format").toUpperCase(Locale.ROOT));
  }

  @Override
  public void put(List<SinkRecord> records) {
    StringBuilder lines = new StringBuilder();
    for (SinkRecord record : records) {
      lines.append(line(record)).append('\n');
    }
    out.print(lines);
    out.flush();
    if (out.checkError()) {
      throw ConnectorException.external(
          "console-closed",
          "Standard output takes nothing more.",
          "Start the gateway with its standard output open, or remove the console sink.",
          null);
    }
  }

  private String line(SinkRecord record) {
    return switch (format) {
      case TEXT -> record + " " + plain(record.key()) + " " + plain(record.value());
      case VALUE -> plain(record.value());
      case JSON -> Json.text(Lines.envelope(record));
    };
  }

  private static String plain(@Nullable Object value) {
    String text = value == null ? "-" : Json.plain(value);
    return CONTROL
        .matcher(text)
        .replaceAll(
            control -> String.format(Locale.ROOT, "\\\\u%04x", (int) control.group().charAt(0)));
  }

  @Override
  public void close() {}
}
