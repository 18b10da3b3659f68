package dev.sluice.source.camel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.Header;
import dev.sluice.connector.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Turns exchanges into records. Stateless. */
final class ExchangeMapper {

  /** The header that holds the record's key, if the route sets one. */
  static final String KEY_HEADER = "CamelMessageKey";

  private static final String CAMELS_OWN = "Camel";

  private ExchangeMapper() {}

  /**
   * The body as the value. Streams and files are read to their end here, while they are open.
   * Headers that are text, numbers or booleans become attributes, and record headers unless they
   * are Camel's own.
   *
   * @throws InvalidPayloadException if the body can't be read
   */
  static SourceRecord record(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    List<Header> headers = new ArrayList<>();
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
      if (isPlain(header.getValue())) {
        String text = header.getValue().toString();
        attributes.put(header.getKey(), text);
        if (!header.getKey().startsWith(CAMELS_OWN)) {
          headers.add(Header.of(header.getKey(), text));
        }
      }
    }
    long timestampMillis = message.getMessageTimestamp();
    return new SourceRecord(
        timestampMillis > 0 ? timestampMillis : null,
        value(message, message.getHeader(KEY_HEADER)),
        value(message, message.getBody()),
        headers,
        attributes);
  }

  private static boolean isPlain(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private static @Nullable Object value(Message message, @Nullable Object object)
      throws InvalidPayloadException {
    return switch (object) {
      case null -> null;
      case byte[] bytes -> bytes;
      case Map<?, ?> map -> map;
      case List<?> list -> list;
      // A tree of Jackson's prints as its JSON; all else goes through Camel's converters.
      case JsonNode json -> json.toString();
      default -> isPlain(object) ? object : bytes(message, object);
    };
  }

  private static byte[] bytes(Message message, Object object) throws InvalidPayloadException {
    Exchange exchange = message.getExchange();
    byte[] bytes =
        exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, object);
    return bytes == null ? object.toString().getBytes(StandardCharsets.UTF_8) : bytes;
  }
}
