package dev.sluice.broker.group;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers an answer for a moment, for who asks the same for many partitions in a row.
 * Thread-safe; guarded by its own monitor.
 */
final class Brief<T> implements Supplier<T> {

  private final Supplier<T> question;
  private final long lifeNanos;
  private @Nullable T answer;
  private long answeredNanos;

  Brief(Supplier<T> question, Duration life) {
    this.question = question;
    this.lifeNanos = life.toNanos();
  }

  @Override
  public synchronized T get() {
    T known = answer;
    if (known == null || System.nanoTime() - answeredNanos >= lifeNanos) {
      known = question.get();
      answer = known;
      answeredNanos = System.nanoTime();
    }
    return known;
  }
}
