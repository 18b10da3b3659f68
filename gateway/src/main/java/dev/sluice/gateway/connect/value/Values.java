package dev.sluice.gateway.connect.value;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.connector.ConnectorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns keys and values into bytes and back. Objects are those of {@link
 * dev.sluice.connector.SourceRecord} and {@link dev.sluice.connector.SinkRecord#value()}, and
 * Jackson's {@link JsonNode} as expressions make it. Stateless.
 */
public final class Values {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // One text for equal maps, so that JSON can be a key.
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private static final JsonMapper AS_GIVEN =
      JSON.rebuild().disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Values() {}

  /**
   * The bytes to store: bytes as they are, text as UTF-8, everything else as JSON.
   *
   * @throws ConnectorException of category DATA if it is of a kind that has no JSON form
   */
  public static byte @Nullable [] bytes(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case byte[] bytes -> bytes;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      case JsonNode node when node.isNull() || node.isMissingNode() -> null;
      case TextNode node -> node.textValue().getBytes(StandardCharsets.UTF_8);
      default -> write(AS_GIVEN, value);
    };
  }

  /** JSON with the entries of maps in the order of their keys: equal values, equal bytes. */
  public static byte[] canonicalJson(Map<String, ?> map) {
    return write(JSON, map);
  }

  private static byte[] write(JsonMapper mapper, Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw ConnectorException.data(
          "value-not-json",
          "A value of class " + value.getClass().getName() + " cannot be written as JSON.",
          e);
    }
  }

  /**
   * The value that the bytes stand for, never failing: a map, list, number, boolean or null if they
   * are JSON of that kind, else text if they are UTF-8, else the bytes.
   */
  public static @Nullable Object decode(byte[] bytes) {
    if (mayBeJson(bytes)) {
      try {
        return JSON.readValue(bytes, Object.class);
      } catch (IOException notJson) {
        // Text that only starts like JSON.
        return textOrBytes(bytes);
      }
    }
    return textOrBytes(bytes);
  }

  /**
   * The JSON value that the bytes stand for.
   *
   * @throws ConnectorException of category DATA if they are not JSON; names line and column, never
   *     the contents
   */
  public static @Nullable Object json(byte[] bytes) {
    try {
      return JSON.readValue(bytes, Object.class);
    } catch (JsonProcessingException e) {
      throw ConnectorException.data("value-not-json", "The value is not JSON" + place(e) + ".", e);
    } catch (IOException e) {
      throw ConnectorException.data("value-not-json", "The value is not JSON.", e);
    }
  }

  /** The value of {@link #plain} as a tree for jq. */
  public static JsonNode tree(@Nullable Object plain) {
    return JSON.valueToTree(plain);
  }

  /** The tree of what {@link #decode} gives, without the way over it. */
  public static JsonNode decodeTree(byte[] bytes) {
    if (mayBeJson(bytes)) {
      try {
        return JSON.readTree(bytes);
      } catch (IOException notJson) {
        // Text that only starts like JSON.
        return tree(textOrBytes(bytes));
      }
    }
    return tree(textOrBytes(bytes));
  }

  /**
   * The value as maps, lists, text and numbers, as it will be seen by whoever reads it from a
   * topic: text that is JSON counts as JSON.
   */
  public static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case byte[] bytes -> decode(bytes);
      case String text -> decode(text.getBytes(StandardCharsets.UTF_8));
      case JsonNode node -> JSON.convertValue(node, Object.class);
      default -> value;
    };
  }

  /**
   * The text that the bytes are in UTF-8.
   *
   * @return null if they are not UTF-8
   */
  public static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      return null;
    }
  }

  /** Text if the bytes are UTF-8, else the bytes. */
  public static Object textOrBytes(byte[] bytes) {
    String text = text(bytes);
    return text == null ? bytes : text;
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  /** A cheap look at the first character; JSON strings count as text. */
  private static boolean mayBeJson(byte[] bytes) {
    for (byte b : bytes) {
      switch (b) {
        case ' ', '\t', '\r', '\n' -> {}
        case '{', '[', '-', 't', 'f', 'n', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
          return true;
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }
}
