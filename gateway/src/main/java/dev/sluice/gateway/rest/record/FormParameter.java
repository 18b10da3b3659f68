package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.rest.ApiException;
import org.jspecify.annotations.Nullable;

/** The parameter {@code form}: how keys and values are answered. */
public final class FormParameter {

  /** What it may be. */
  public static final String HELP = "json (as without it) or text.";

  private FormParameter() {}

  /**
   * Whether JSON is wanted as the text that is stored.
   *
   * @throws ApiException if there is no such form
   */
  public static boolean isText(@Nullable String form) {
    return switch (form) {
      case null -> false;
      case "", "json" -> false;
      case "text" -> true;
      default ->
          throw ApiException.invalid("form", "'" + form + "' is no form.", "Use json or text.");
    };
  }
}
