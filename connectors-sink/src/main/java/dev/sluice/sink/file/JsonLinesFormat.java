package dev.sluice.sink.file;

import dev.sluice.connector.SinkRecord;
import dev.sluice.sink.support.Json;
import dev.sluice.sink.support.Lines;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A JSON value and a line feed for each record. Values that are no JSON are JSON strings: text as
 * it is, other bytes as base64. A tombstone is {@code null}.
 */
final class JsonLinesFormat implements LineFormat {

  private final boolean envelope;

  JsonLinesFormat(boolean envelope) {
    this.envelope = envelope;
  }

  @Override
  public boolean fits(SinkRecord record) {
    return true;
  }

  @Override
  public void write(OutputStream out, SinkRecord record) throws IOException {
    if (envelope) {
      Json.write(out, Lines.envelope(record));
    } else {
      Lines.writeValue(out, record, true);
    }
    out.write('\n');
  }
}
