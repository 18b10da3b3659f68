package dev.sluice.broker.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands still until it is moved. */
final class ManualTime implements LongSupplier {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // It may overflow.

  @Override
  public long getAsLong() {
    return nanos.get();
  }

  void advance(Duration time) {
    long unused = nanos.addAndGet(time.toNanos());
  }
}
