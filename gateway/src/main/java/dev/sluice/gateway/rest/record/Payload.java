package dev.sluice.gateway.rest.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as JSON can show them: JSON as it was written, digit for digit; else text; else base64.
 *
 * @param json raw JSON, a string, or null for absent bytes
 * @param encoding {@link #BASE64} or null
 */
public record Payload(@Nullable Object json, @Nullable String encoding) {

  /** What {@code encoding} says of bytes that are no text. */
  public static final String BASE64 = "base64";

  private static final Payload ABSENT = new Payload(null, null);
  private static final JsonFactory JSON = new JsonFactory();

  /** Bytes in the form that shows most of them. */
  public static Payload of(byte @Nullable [] bytes) {
    if (bytes == null) {
      return ABSENT;
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      return new Payload(Base64.getEncoder().encodeToString(bytes), BASE64);
    }
    return new Payload(isJson(text) ? new RawValue(text) : text, null);
  }

  /** As {@link #of}, but JSON as the text that it is: for who wants to change it. */
  public static Payload text(byte @Nullable [] bytes) {
    Payload payload = of(bytes);
    return payload.json() instanceof RawValue raw
        ? new Payload(String.valueOf(raw.rawValue()), null)
        : payload;
  }

  /** The word null counts as text, so that a null value is always a tombstone. */
  private static boolean isJson(String text) {
    if (text.isEmpty() || Character.isLetter(text.charAt(0)) && !isBoolean(text)) {
      return false;
    }
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return false;
      }
      parser.skipChildren();
      // A string is only scanned to its end, and so checked, when it is asked for.
      if (first == JsonToken.VALUE_STRING) {
        parser.finishToken();
      }
      return parser.nextToken() == null;
    } catch (IOException notJson) {
      return false;
    }
  }

  private static boolean isBoolean(String text) {
    return text.equals("true") || text.equals("false");
  }
}
