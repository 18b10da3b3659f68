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
    byte[] bytes = record.valueBytes();
    if (envelope) {
      Json.write(out, Lines.envelope(record));
    } else if (bytes != null && isJson(record.value()) && isOneLine(bytes)) {
      out.write(bytes);
    } else {
      Json.write(out, record.value());
    }
    out.write('\n');
  }

  private static boolean isJson(@org.jspecify.annotations.Nullable Object value) {
    return value != null && !(value instanceof String) && !(value instanceof byte[]);
  }

  private static boolean isOneLine(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\n' || b == '\r') {
        return false;
      }
    }
    return true;
  }
}
