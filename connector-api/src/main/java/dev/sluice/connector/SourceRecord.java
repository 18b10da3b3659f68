package dev.sluice.connector;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way into a topic. Keys and values are one of: null; {@code byte[]}, stored as it
 * is; {@link String}, stored as UTF-8; {@link Boolean}, {@link Number}, {@link Map} with string
 * keys or {@link List} of all these, stored as JSON (a {@code byte[]} inside becomes base64). A
 * record and all it holds must not be changed after it was handed over.
 *
 * @param timestampMillis milliseconds since the epoch, or null for the time of the append
 * @param key the key, or null to let the connector's {@code key} template or round robin decide
 * @param value the value; null is a tombstone
 * @param headers headers, in order
 * @param attributes what templates such as {@code topic: shop.{table}} and {@code key:
 *     "{mqtt.topic}"} may name, by the name inside the braces; share one map among records where
 *     you can
 */
public record SourceRecord(
    @Nullable Long timestampMillis,
    @Nullable Object key,
    @Nullable Object value,
    List<Header> headers,
    Map<String, String> attributes) {

  /** A record without headers and attributes, stamped by the log. */
  public static SourceRecord of(@Nullable Object key, @Nullable Object value) {
    return new SourceRecord(null, key, value, List.of(), Map.of());
  }
}
