package dev.sluice.sink.http;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param body the beginning of it
 */
record Answer(int status, Optional<String> retryAfter, Optional<String> location, String body) {

  private static final int SHOWN_CHARACTERS = 200;

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /**
   * Who can mend it. Redirections, wrong credentials and a path or method that the server does not
   * know concern every record alike, so they stop the connector rather than empty the topic into
   * the dead-letter topic.
   */
  ErrorCategory category() {
    return switch (status) {
      case 401, 403, 404, 405, 407 -> ErrorCategory.CONFIGURATION;
      case 408, 421, 425, 429 -> ErrorCategory.EXTERNAL;
      default ->
          switch (status / 100) {
            case 3 -> ErrorCategory.CONFIGURATION;
            case 4 -> ErrorCategory.DATA;
            default -> ErrorCategory.EXTERNAL;
          };
    };
  }

  /** The answer as an error. */
  ConnectorException failure(HttpSinkConfig config) {
    // Redacted before it is cut, so that no half of a secret is left.
    String shown = config.redact(body).replaceAll("\\p{Cntrl}+", " ").strip();
    String text =
        shown.isEmpty()
            ? ""
            : ": " + shown.substring(0, Math.min(shown.length(), SHOWN_CHARACTERS));
    return new ConnectorException(
        category(),
        "http-status-" + status,
        config.shownUrl() + " answers " + status + text,
        suggestion(config),
        null);
  }

  private String suggestion(HttpSinkConfig config) {
    return switch (category()) {
      case CONFIGURATION ->
          status / 100 == 3
              ? "Set 'url' to where it points"
                  + location.map(to -> ": " + config.redact(to)).orElse("")
                  + "."
              : "Check 'url', 'method' and the credentials.";
      case DATA -> "Mend the record, or what the server expects.";
      case EXTERNAL, RESOURCE, INTERNAL -> "Check that the server is well and can be reached.";
    };
  }

  /**
   * How long the server asks to be left alone: seconds or a date, RFC 9110, 10.2.3. Empty if it
   * does not, or in words that can't be read.
   */
  Optional<Duration> wait(Instant now) {
    return retryAfter
        .filter(text -> !isSuccess())
        .map(
            text -> {
              try {
                return text.chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                        now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
              } catch (DateTimeException | NumberFormatException unreadable) {
                return Duration.ZERO;
              }
            })
        .filter(Duration::isPositive);
  }
}
