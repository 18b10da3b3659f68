package dev.sluice.sink.file;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkRecord;
import dev.sluice.sink.support.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CSV after RFC 4180, in UTF-8 with line feeds. The header holds the fields of the file's first
 * record; a record with other fields, in whatever order, begins a new file. Maps and lists inside a
 * value are JSON, null is an empty field. Tombstones have no row and are left out.
 */
final class CsvFormat implements LineFormat {

  private @Nullable List<String> header;

  @Override
  public boolean fits(SinkRecord record) {
    return header == null
        || !(record.value() instanceof Map<?, ?> row)
        || (row.size() == header.size() && row.keySet().containsAll(header));
  }

  @Override
  public void write(OutputStream out, SinkRecord record) throws IOException {
    if (record.value() == null) {
      return;
    }
    if (!(record.value() instanceof Map<?, ?> row) || row.isEmpty()) {
      throw ConnectorException.data(
          "csv-needs-object",
          "The value is no JSON object with fields, so it has no columns.",
          null);
    }
    StringWriter lines = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(lines)) {
      if (header == null) {
        header = row.keySet().stream().map(String::valueOf).toList();
        csv.writeRecord(header);
      }
      List<String> fields = new ArrayList<>(header.size());
      for (String name : header) {
        Object field = row.get(name);
        fields.add(field == null ? "" : Json.plain(field));
      }
      csv.writeRecord(fields);
    }
    out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
