package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.kafka.KafkaErrors;
import java.util.function.Supplier;
import org.apache.kafka.common.requests.ApiError;

/** What became of one part of a request. */
final class AdminErrors {

  private AdminErrors() {}

  /** Does something, and tells how it went. */
  static ApiError attempt(Runnable action) {
    try {
      action.run();
      return ApiError.NONE;
    } catch (RuntimeException failure) {
      return of(failure);
    }
  }

  /** The same for what does not throw its refusals. */
  static ApiError attempt(Supplier<ApiError> action) {
    try {
      return action.get();
    } catch (RuntimeException failure) {
      return of(failure);
    }
  }

  static ApiError of(RuntimeException failure) {
    return ApiError.fromThrowable(KafkaErrors.exception(failure));
  }
}
