package dev.sluice.broker.kafka.data;

import dev.sluice.log.partition.PartitionLog;
import org.apache.kafka.common.protocol.Errors;

/** Whether a client knows the leader that a partition has now (KIP-320). */
final class LeaderEpochCheck {

  private LeaderEpochCheck() {}

  /**
   * Compares epochs.
   *
   * @param known what the client knows, -1 if it doesn't say
   */
  static Errors check(PartitionLog log, int known) {
    if (known < 0) {
      return Errors.NONE;
    }
    int epoch = log.replica().leaderEpoch();
    if (known < epoch) {
      return Errors.FENCED_LEADER_EPOCH;
    }
    return known > epoch ? Errors.UNKNOWN_LEADER_EPOCH : Errors.NONE;
  }
}
