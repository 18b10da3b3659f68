package dev.sluice.gateway.connect;

/** What people want of a connector (Kafka Connect's target states). */
public enum TargetState {
  /** Run. */
  STARTED,
  /** Keep tasks and connections, move no records. */
  PAUSED,
  /** Release everything; positions may be edited. */
  STOPPED
}
