package dev.sluice.gateway.connect;

/** What is seen of a task or connector (Kafka Connect's states). */
public enum TaskState {
  /** Not placed yet, or just starting. */
  UNASSIGNED,
  RUNNING,
  PAUSED,
  /** Gave up, or waits for its next attempt; the error says why. */
  FAILED,
  /** Starting again after a failure or by request. */
  RESTARTING,
  STOPPED
}
