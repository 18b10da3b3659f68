package dev.sluice.sink.support;

import dev.sluice.connector.Header;
import dev.sluice.connector.SinkRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record looks like as one JSON value. */
public final class Lines {

  private Lines() {}

  /**
   * Writes the value as JSON: its own bytes if they are an object, list, number, true or false;
   * else a JSON string, of the text or of the bytes' base64; null for a tombstone.
   *
   * @param oneLine whether line ends between tokens must go
   */
  public static void writeValue(OutputStream out, SinkRecord record, boolean oneLine)
      throws IOException {
    byte[] bytes = record.valueBytes();
    Object value = record.value();
    boolean json = value != null && !(value instanceof String) && !(value instanceof byte[]);
    if (bytes != null && json && !(oneLine && hasLineEnd(bytes))) {
      out.write(bytes);
    } else {
      Json.write(out, value);
    }
  }

  private static boolean hasLineEnd(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }

  /**
   * The record with all that surrounds its value: {@code topic}, {@code partition}, {@code offset},
   * {@code timestamp} (milliseconds since the epoch), {@code key}, {@code value}, {@code headers}
   * (a list of {@code {key, value}}). Bytes that are not UTF-8 are base64.
   */
  public static Map<String, @Nullable Object> envelope(SinkRecord record) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    SinkRecord.Origin origin = record.origin();
    envelope.put("topic", origin.topic());
    envelope.put("partition", origin.partition());
    envelope.put("offset", origin.offset());
    envelope.put("timestamp", record.timestampMillis());
    envelope.put("key", record.key());
    envelope.put("value", record.value());
    envelope.put("headers", headers(record));
    return envelope;
  }

  private static List<Map<String, @Nullable Object>> headers(SinkRecord record) {
    List<Map<String, @Nullable Object>> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      Map<String, @Nullable Object> pair = new LinkedHashMap<>();
      pair.put("key", header.key());
      pair.put("value", textOrBytes(header.value()));
      headers.add(pair);
    }
    return headers;
  }

  /** Text if the bytes are UTF-8, else the bytes. */
  public static @Nullable Object textOrBytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      return bytes;
    }
  }
}
