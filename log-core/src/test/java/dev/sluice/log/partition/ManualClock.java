package dev.sluice.log.partition;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes when told to. */
public final class ManualClock extends Clock {

  private volatile Instant now = Instant.ofEpochMilli(1_700_000_000_000L);

  /** Moves on. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  /** Jumps to a time. */
  public void set(long epochMillis) {
    now = Instant.ofEpochMilli(epochMillis);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
