package dev.sluice.broker.kafka.transaction;

import org.apache.kafka.common.protocol.Errors;

/** What errors are called for clients that don't know all of them. */
final class OlderErrors {

  private OlderErrors() {}

  /**
   * {@code PRODUCER_FENCED} is newer than the APIs that answer it (KIP-588).
   *
   * @param knownSince the first version of the request whose clients know it
   */
  static Errors of(Errors error, short version, int knownSince) {
    return error == Errors.PRODUCER_FENCED && version < knownSince
        ? Errors.INVALID_PRODUCER_EPOCH
        : error;
  }
}
