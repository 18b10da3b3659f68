package dev.sluice.gateway.rest;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.rest.ApiException.Category;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one place where HTTP status codes derive from the errors of the log and of connectors. */
public final class ErrorTranslation {

  private static final String INTERNAL_HINT =
      "This is a defect; the gateway's own log has the details.";

  private ErrorTranslation() {}

  /** An error of the log. */
  public static ApiException of(LogException error) {
    LogException.Code code = error.code();
    String message = error.getMessage();
    return new ApiException(
        status(code),
        code.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        category(code),
        message == null ? "The log refused the request." : message,
        null,
        suggestion(code));
  }

  /** An error of a connector. */
  public static ApiException of(ConnectorException error) {
    return new ApiException(
        status(error.category()),
        error.code(),
        category(error.category()),
        error.message(),
        null,
        error.suggestion().orElse(null));
  }

  static int status(LogException.Code code) {
    return switch (code) {
      case UNKNOWN_TOPIC -> 404;
      case TOPIC_EXISTS, GROUP_IN_USE -> 409;
      case INVALID_TOPIC, INVALID_RECORD, OFFSET_OUT_OF_RANGE -> 400;
      case TOO_LARGE -> 413;
      case DISK_FULL -> 507;
      case PARTITION_OFFLINE, PLACE_DAMAGED, PREDECESSOR_FAILED, TRANSACTION_LOST, CLOSED -> 503;
      case INTERNAL -> 500;
    };
  }

  static int status(ErrorCategory category) {
    return switch (category) {
      case CONFIGURATION -> 400;
      case DATA -> 422;
      case EXTERNAL -> 502;
      case RESOURCE -> 507;
      case INTERNAL -> 500;
    };
  }

  private static Category category(LogException.Code code) {
    return switch (code) {
      case UNKNOWN_TOPIC,
          TOPIC_EXISTS,
          INVALID_TOPIC,
          OFFSET_OUT_OF_RANGE,
          TOO_LARGE,
          GROUP_IN_USE ->
          Category.USER;
      case INVALID_RECORD -> Category.DATA;
      case DISK_FULL,
          PARTITION_OFFLINE,
          PLACE_DAMAGED,
          PREDECESSOR_FAILED,
          TRANSACTION_LOST,
          CLOSED ->
          Category.RESOURCE;
      case INTERNAL -> Category.INTERNAL;
    };
  }

  private static Category category(ErrorCategory category) {
    return switch (category) {
      case CONFIGURATION -> Category.CONFIGURATION;
      case DATA -> Category.DATA;
      case EXTERNAL -> Category.EXTERNAL;
      case RESOURCE -> Category.RESOURCE;
      case INTERNAL -> Category.INTERNAL;
    };
  }

  private static @Nullable String suggestion(LogException.Code code) {
    return switch (code) {
      case UNKNOWN_TOPIC -> "GET /api/v1/topics lists the topics; POST /api/v1/topics creates one.";
      case TOPIC_EXISTS -> "PATCH /api/v1/topics/{topic} changes it.";
      case INVALID_TOPIC ->
          "Use 1 to 249 letters, digits, dots, underscores and hyphens, and 1 to 10000 partitions;"
              + " partitions can be added but not taken away.";
      case OFFSET_OUT_OF_RANGE ->
          "GET /api/v1/topics/{topic} shows each partition's start and end offset.";
      case TOO_LARGE -> "Send smaller records, or raise the topic's 'limits.batch'.";
      case INVALID_RECORD ->
          "A topic with 'compact' keeps the latest record of each key, so give every record a key.";
      case DISK_FULL -> "Free space on the data directory's disk; writing goes on by itself.";
      case PARTITION_OFFLINE -> "GET /api/v1/topics/{topic} says why; the other partitions go on.";
      case PLACE_DAMAGED -> "Read from a later offset; what is behind the place can be read.";
      case PREDECESSOR_FAILED -> "Send what failed and what followed it again, in order.";
      case GROUP_IN_USE -> "Stop the group's members first: its positions are theirs.";
      case TRANSACTION_LOST -> "Nothing of it is valid unless it was committed; try again.";
      case CLOSED -> "The gateway is stopping; try again when it is back.";
      case INTERNAL -> INTERNAL_HINT;
    };
  }
}
