package dev.sluice.broker.kafka.data;

import dev.sluice.log.partition.Isolation;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.protocol.Errors;

/** What of a log a client wants to see. */
final class Isolations {

  private Isolations() {}

  /**
   * The isolation of a number in the protocol.
   *
   * @throws org.apache.kafka.common.errors.InvalidRequestException if there is none
   */
  static Isolation of(byte id) {
    if (id == IsolationLevel.READ_UNCOMMITTED.id()) {
      return Isolation.READ_UNCOMMITTED;
    }
    if (id == IsolationLevel.READ_COMMITTED.id()) {
      return Isolation.READ_COMMITTED;
    }
    throw Errors.INVALID_REQUEST.exception("There is no isolation level " + id);
  }
}
