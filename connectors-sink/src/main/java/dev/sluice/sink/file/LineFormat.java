package dev.sluice.sink.file;

import dev.sluice.connector.SinkRecord;
import java.io.IOException;
import java.io.OutputStream;

/** How records become bytes of a file. One instance belongs to one open file. */
interface LineFormat {

  /**
   * Whether the record can go into this file; if not, a new file is begun. Must hold for the first
   * record of a file.
   */
  boolean fits(SinkRecord record);

  /**
   * Appends the record, complete with its line end.
   *
   * @throws dev.sluice.connector.ConnectorException of category DATA, before anything was written,
   *     if the record has no form here
   */
  void write(OutputStream out, SinkRecord record) throws IOException;

  /** Whether a file whose quotes are open at a line end goes on; so in CSV. */
  static boolean quotesSpanLines(FileSinkConfig.Format format) {
    return format == FileSinkConfig.Format.CSV;
  }

  /** A format for one new file. */
  static LineFormat of(FileSinkConfig config) {
    return switch (config.format()) {
      case JSON_LINES -> new JsonLinesFormat(config.envelope());
      case CSV -> new CsvFormat();
    };
  }
}
