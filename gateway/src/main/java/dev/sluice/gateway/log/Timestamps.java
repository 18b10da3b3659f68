package dev.sluice.gateway.log;

/** Who gives records their time. */
public enum Timestamps {
  /** Whoever creates them. */
  CREATE,
  /** The log, when it appends them. */
  APPEND
}
