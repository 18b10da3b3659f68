package dev.sluice.sink.support;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text of decoded values: compact, on one line, numbers without exponents, bytes as base64.
 * Thread-safe.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();

  private Json() {}

  /** The value as JSON. */
  public static String text(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A decoded value has no JSON form", e);
    }
  }

  /** Writes the value as JSON in UTF-8 and leaves the stream open. */
  public static void write(OutputStream out, @Nullable Object value) throws IOException {
    MAPPER.writeValue(out, value);
  }

  /** Text as it is, numbers and booleans as JSON writes them, maps and lists as JSON. */
  public static String plain(Object value) {
    return value instanceof String string ? string : withoutQuotes(value);
  }

  private static String withoutQuotes(Object value) {
    String json = text(value);
    boolean quoted =
        !(value instanceof Map || value instanceof Collection) && json.startsWith("\"");
    return quoted ? json.substring(1, json.length() - 1) : json;
  }
}
