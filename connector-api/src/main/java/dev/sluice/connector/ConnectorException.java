package dev.sluice.connector;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error that people are told about. Messages name the thing that is wrong and never contain
 * secrets; the suggestion says what to do.
 */
public class ConnectorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCategory category;
  private final String code;
  private final @Nullable String suggestion;

  /**
   * An error.
   *
   * @param category who can mend it
   * @param code a stable name for programs, lower case with hyphens, such as {@code csv-malformed}
   * @param message what is wrong, one sentence
   * @param suggestion what to do about it, one sentence, or null
   * @param cause what led to it, or null
   */
  public ConnectorException(
      ErrorCategory category,
      String code,
      String message,
      @Nullable String suggestion,
      @Nullable Throwable cause) {
    super(message, cause);
    this.category = category;
    this.code = code;
    this.suggestion = suggestion;
  }

  /** The options are wrong. */
  public static ConnectorException configuration(String code, String message, String suggestion) {
    return new ConnectorException(ErrorCategory.CONFIGURATION, code, message, suggestion, null);
  }

  /** A piece of data is wrong. */
  public static ConnectorException data(String code, String message, @Nullable Throwable cause) {
    return new ConnectorException(ErrorCategory.DATA, code, message, null, cause);
  }

  /** A system outside fails. */
  public static ConnectorException external(
      String code, String message, @Nullable String suggestion, @Nullable Throwable cause) {
    return new ConnectorException(ErrorCategory.EXTERNAL, code, message, suggestion, cause);
  }

  public ErrorCategory category() {
    return category;
  }

  public String code() {
    return code;
  }

  public Optional<String> suggestion() {
    return Optional.ofNullable(suggestion);
  }

  /** The message; {@link RuntimeException#getMessage()} without the null. */
  public String message() {
    String message = getMessage();
    return message == null ? code : message;
  }
}
