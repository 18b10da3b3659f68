package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Until when a connection has to get on. Set by its reading and its writing thread, each its own
 * half; looked at by the one that closes connections that are stuck.
 */
final class Deadlines implements RequestReader.Progress {

  /** Whoever sends or takes less than this in the long run is stuck. */
  private static final long LEAST_BYTES_PER_SECOND = 64 * 1024;

  private static final long NEVER = Long.MAX_VALUE;

  private final ServerLimits limits;
  private final LongSupplier nanoTime;
  private volatile long readBy;
  private volatile long writeBy = NEVER;
  private volatile boolean isIdle;

  /** A connection that is shaking hands. */
  Deadlines(ServerLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    begun();
  }

  /** The next request may be long in coming. */
  void idle() {
    isIdle = true;
    readBy = nanoTime.getAsLong() + limits.idleTimeout().toNanos();
  }

  @Override
  public void begun() {
    isIdle = false;
    readBy = nanoTime.getAsLong() + limits.transferTimeout().toNanos();
  }

  @Override
  public void advanced(int bytes) {
    readBy = readBy + bytes * 1_000_000_000L / LEAST_BYTES_PER_SECOND;
  }

  @Override
  public void complete() {
    readBy = NEVER;
  }

  /** A response is being sent, and has just got on. */
  void writing() {
    writeBy = nanoTime.getAsLong() + limits.transferTimeout().toNanos();
  }

  void written() {
    writeBy = NEVER;
  }

  /** Why the connection has to be closed now, if so. */
  Optional<CloseReason> passed() {
    long now = nanoTime.getAsLong();
    if (writeBy != NEVER && now - writeBy > 0) {
      return Optional.of(CloseReason.STUCK);
    }
    if (readBy != NEVER && now - readBy > 0) {
      return Optional.of(isIdle ? CloseReason.IDLE : CloseReason.STUCK);
    }
    return Optional.empty();
  }
}
