package dev.sluice.connector;

/** Who can mend an error, and so what the runtime does about it. */
public enum ErrorCategory {
  /** The connector's options are wrong; trying again is of no use until they are changed. */
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
