package dev.sluice.log.record;

/** Who gives records their time. */
public enum TimestampType {
  /** The application, when it creates them. */
  CREATE_TIME,
  /** The log, when it appends them. */
  APPEND_TIME
}
