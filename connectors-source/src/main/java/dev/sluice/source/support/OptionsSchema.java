package dev.sluice.source.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the JSON Schema of a connector type's options. */
public final class OptionsSchema {

  private OptionsSchema() {}

  /**
   * The text of {@code options.schema.json} in the type's own package.
   *
   * @throws IllegalStateException if the resource was not packaged, a defect of the build
   */
  public static String of(Class<?> type) {
    try (InputStream resource = type.getResourceAsStream("options.schema.json")) {
      if (resource == null) {
        throw new IllegalStateException("No options.schema.json beside " + type.getName());
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
