package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;

/** A connection can't go on. */
final class CloseException extends Exception {

  private static final long serialVersionUID = 1L;

  private final CloseReason reason;

  CloseException(CloseReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  CloseReason reason() {
    return reason;
  }
}
