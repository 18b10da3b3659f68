package dev.sluice.connector;

/** Who can mend an error, and so what the runtime does about it. */
public enum ErrorCategory {
  /**
   * The connector's options don't fit what they name: people must change the options or what is
   * outside, such as a missing table or right. Tried again at the longest back-off, in case they
   * have done the latter.
   */
  CONFIGURATION,
  /** One piece of data is wrong; it is set aside and the others go on. */
  DATA,
  /** A system outside is unreachable, busy or failing; tried again with back-off. */
  EXTERNAL,
  /** This machine lacks something, such as disk space or memory; tried again with back-off. */
  RESOURCE,
  /** A defect of the connector or the gateway. The task restarts, in case it was a passing one. */
  INTERNAL
}
