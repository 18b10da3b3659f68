package dev.sluice.log.partition;

import dev.sluice.log.partition.Durability.Follow;
import dev.sluice.log.partition.Durability.Unforced;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces what was acknowledged before it is durable: sealed segments, what has grown large, and
 * what is as old as the flush setting allows. Forces without the I/O lock, so that appends go on;
 * one thread at a time. Its state is guarded by that lock.
 */
final class BackgroundForce {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundForce.class);

  /** So much of the active segment is never left unforced for long. */
  private static final long MAX_LEFT_BYTES = 32L << 20;

  /** Whose log it is; called under the I/O lock. */
  interface Partition {

    LogWriter writer();

    boolean isAvailable();

    /** What was written can't be made durable. */
    void failed(Throwable cause);
  }

  private final LogServices services;
  private final String name;
  private final Path directory;
  private final ReentrantLock ioLock;
  private final Partition partition;
  private @Nullable Future<?> timer;
  private boolean isQueued;
  private boolean isRunning;

  /** What is before this offset is to be forced now. */
  private long goal = Long.MIN_VALUE;

  BackgroundForce(
      LogServices services,
      String name,
      Path directory,
      ReentrantLock ioLock,
      Partition partition) {
    this.services = services;
    this.name = name;
    this.directory = directory;
    this.ioLock = ioLock;
    this.partition = partition;
  }

  /** Has a flusher force sealed segments, and the active one if much of it is not durable. */
  void forceAhead() {
    LogWriter writer = partition.writer();
    boolean isMuch = writer.durability().unforcedBytes() >= MAX_LEFT_BYTES;
    if (isQueued || isRunning || !(isMuch || writer.durability().lacksSealed())) {
      return;
    }
    try {
      services.flusher().execute(this::runQueued);
      isQueued = true;
      goal = isMuch ? writer.writtenOffset() : goal;
    } catch (RejectedExecutionException e) {
      LOG.debug("{} is closed before what was written to it is forced", name);
    }
  }

  /** Has a flusher force what is written by then, if it is not to do so earlier. */
  void forceWithin(Duration interval) {
    if (timer == null) {
      timer = services.flusher().schedule(this::runOnTime, interval);
    }
  }

  /** Lets the timer go. */
  void cancel() {
    if (timer != null) {
      boolean unused = timer.cancel(false);
      timer = null;
    }
  }

  /** Forces what is written now; without the I/O lock. Leaves it to who is doing so already. */
  void forceNow() {
    ioLock.lock();
    try {
      goal = partition.writer().writtenOffset();
    } finally {
      ioLock.unlock();
    }
    run();
  }

  private void runOnTime() {
    ioLock.lock();
    try {
      timer = null;
    } finally {
      ioLock.unlock();
    }
    forceNow();
  }

  private void runQueued() {
    ioLock.lock();
    try {
      isQueued = false;
    } finally {
      ioLock.unlock();
    }
    run();
  }

  private void run() {
    if (!begin()) {
      return;
    }
    try {
      for (Unforced next = next(); next != null; next = next()) {
        force(next);
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void force(Unforced unforced) throws IOException {
    long start = System.nanoTime();
    try {
      unforced.force(services.storage(), directory);
      noted(unforced).run();
    } finally {
      LogReader.release(unforced.segment());
    }
    services.metrics().forced(name, System.nanoTime() - start, unforced.newBytes());
  }

  private boolean begin() {
    ioLock.lock();
    try {
      boolean isFirst = !isRunning;
      isRunning = true;
      return isFirst;
    } finally {
      ioLock.unlock();
    }
  }

  /** What is to be forced next; null at the end. */
  private @Nullable Unforced next() {
    ioLock.lock();
    try {
      Durability durability = partition.writer().durability();
      boolean isDue = durability.lacksSealed() || durability.offset() < goal;
      if (partition.isAvailable() && isDue && !durability.isComplete()) {
        return durability.retainUnforced();
      }
      isRunning = false;
      return null;
    } finally {
      ioLock.unlock();
    }
  }

  private Follow noted(Unforced forced) throws IOException {
    ioLock.lock();
    try {
      return partition.writer().durability().noteDurable(forced);
    } finally {
      ioLock.unlock();
    }
  }

  private void fail(Throwable cause) {
    ioLock.lock();
    try {
      isRunning = false;
      if (partition.isAvailable()) {
        partition.failed(cause);
      }
    } finally {
      ioLock.unlock();
    }
  }
}
