package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Until when a connection has to get on. Set by its reading and its writing thread, each its own
 * half; looked at by the one that closes connections that are stuck.
 */
final class Deadlines implements RequestReader.Progress {

  /** Whoever sends or takes less than this in the long run is stuck. */
  static final long LEAST_BYTES_PER_SECOND = 64 * 1024;

  /** How long a client may wait with an answer that takes memory which others need. */
  private static final Duration HURRY = Duration.ofSeconds(1);

  private static final long NEVER = Long.MAX_VALUE;

  private final ServerLimits limits;
  private final LongSupplier nanoTime;
  private volatile long readBy;
  private volatile long writeBy = NEVER;
  private volatile long hurriedBy = NEVER;
  private volatile boolean isIdle;

  /** A connection that is shaking hands. */
  Deadlines(ServerLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    begun();
  }

  /**
   * The next request may be long in coming.
   *
   * @param isKnown whether the client has asked for something before, and may do so at all: who
   *     only connects has no reason to stay
   */
  void idle(boolean isKnown) {
    readBy = in(isKnown ? limits.idleTimeout() : limits.transferTimeout());
    isIdle = true;
  }

  @Override
  public void begun() {
    isIdle = false;
    readBy = in(limits.transferTimeout());
  }

  @Override
  public void advanced(int bytes) {
    readBy = readBy + nanos(bytes);
  }

  @Override
  public void complete() {
    readBy = NEVER;
  }

  /**
   * A response is being sent.
   *
   * @param isLent whether it comes from files, so that it takes no memory to wait: a consumer that
   *     is busy with its last records may leave the next ones where they are
   * @param isHeavy whether it takes memory that others may need
   */
  void writing(boolean isLent, boolean isHeavy) {
    hurriedBy = isHeavy ? in(HURRY) : NEVER;
    writeBy = in(isLent ? limits.idleTimeout() : limits.transferTimeout());
  }

  /** The client has taken some of it. */
  void wrote(long bytes) {
    writeBy = writeBy + nanos(bytes);
    hurriedBy = hurriedBy == NEVER ? NEVER : hurriedBy + nanos(bytes);
  }

  void written() {
    writeBy = NEVER;
    hurriedBy = NEVER;
  }

  /** Whether the next request is waited for, and none of it has come. */
  boolean isIdle() {
    return isIdle;
  }

  /** Whether a response is being sent. */
  boolean isWriting() {
    return writeBy != NEVER;
  }

  /** Whether some of a request has come, and not all of it. */
  boolean isWithinRequest() {
    return !isIdle && readBy != NEVER;
  }

  private long in(Duration time) {
    return nanoTime.getAsLong() + time.toNanos();
  }

  private static long nanos(long bytes) {
    return bytes * 1_000_000_000L / LEAST_BYTES_PER_SECOND;
  }

  /**
   * Why the connection has to be closed now, if so.
   *
   * @param isMemoryWanted whether others wait for answers to be taken
   */
  Optional<CloseReason> passed(boolean isMemoryWanted) {
    long now = nanoTime.getAsLong();
    if (hasPassed(writeBy, now) || (isMemoryWanted && hasPassed(hurriedBy, now))) {
      return Optional.of(CloseReason.STUCK);
    }
    if (hasPassed(readBy, now)) {
      return Optional.of(isIdle ? CloseReason.IDLE : CloseReason.STUCK);
    }
    return Optional.empty();
  }

  private static boolean hasPassed(long deadline, long now) {
    return deadline != NEVER && now - deadline > 0;
  }
}
