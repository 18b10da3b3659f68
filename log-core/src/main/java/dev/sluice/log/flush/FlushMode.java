package dev.sluice.log.flush;

/** When an append counts as done, is acknowledged and becomes visible. */
public enum FlushMode {
  /** When it is durable: written and forced to the device. */
  ACK,
  /** When it is written; forced to the device at an interval. A power loss may cost that much. */
  INTERVAL,
  /** When it is written; the operating system decides when it goes to the device. */
  OS
}
