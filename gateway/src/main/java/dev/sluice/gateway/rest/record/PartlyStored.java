package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.ErrorTranslation;

/** The error of a request of which some records were stored and others not. */
final class PartlyStored {

  private PartlyStored() {}

  static ApiException of(LogException failure, int stored, int total) {
    ApiException cause = ErrorTranslation.of(failure);
    return new ApiException(
        cause.status(),
        cause.code(),
        cause.category(),
        cause.detail() + " " + stored + " of the " + total + " records were stored.",
        cause.path(),
        cause.suggestion());
  }
}
