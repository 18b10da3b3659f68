package dev.sluice.sink.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the options schema that lies beside a sink type as {@code options.schema.json}. */
public final class Schemas {

  private static final String NAME = "options.schema.json";

  private Schemas() {}

  /** The schema's text, from the package of the type. */
  public static String beside(Class<?> type) {
    try (InputStream in = type.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException(NAME + " is not beside " + type.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
