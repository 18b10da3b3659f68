package dev.sluice.gateway.log;

import java.time.Duration;

/** When a record counts as stored: is acknowledged, and can be read. */
public sealed interface Flush {

  /** When it is on disk. */
  record Ack() implements Flush {}

  /** When it is written; it goes to the disk at an interval. A power loss may cost that much. */
  record Interval(Duration interval) implements Flush {}

  /** When it is written; the operating system takes it to the disk at some time. */
  record Os() implements Flush {}
}
