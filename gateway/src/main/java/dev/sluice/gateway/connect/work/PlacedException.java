package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import org.jspecify.annotations.Nullable;

/** An error together with what it concerns. */
class PlacedException extends ConnectorException {

  private static final long serialVersionUID = 1L;

  private final ConnectorException error;
  private final transient ErrorPlace place;

  /**
   * The error with another message and suggestion.
   *
   * @param error what went wrong
   * @param place what it concerns
   */
  PlacedException(
      ConnectorException error, ErrorPlace place, String message, @Nullable String suggestion) {
    super(error.category(), error.code(), message, suggestion, error);
    this.error = error;
    this.place = place;
  }

  /** The error, told of its place unless it knows it. */
  static PlacedException of(ConnectorException error, ErrorPlace place) {
    return error instanceof PlacedException placed
        ? placed
        : new PlacedException(error, place, error.message(), error.suggestion().orElse(null));
  }

  /** The error as it was thrown. */
  ConnectorException error() {
    return error;
  }

  ErrorPlace place() {
    return place;
  }
}
