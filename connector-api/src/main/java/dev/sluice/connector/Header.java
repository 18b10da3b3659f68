package dev.sluice.connector;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A record header.
 *
 * @param key the name; names may repeat
 * @param value any bytes, or null
 */
public record Header(String key, byte @Nullable [] value) {

  /** A header whose value is text. */
  public static Header of(String key, String value) {
    return new Header(key, value.getBytes(StandardCharsets.UTF_8));
  }
}
