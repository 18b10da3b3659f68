package dev.sluice.gateway.boot;

import dev.sluice.log.check.CheckProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** One line on a terminal that tells how far a check is, and is gone at the end. Thread-safe. */
final class ProgressLine implements CheckProgress, AutoCloseable {

  private static final long INTERVAL_NANOS = 250_000_000;

  /** To the line's beginning, and erase it. */
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean isShown;
  private long shownAtNanos = System.nanoTime();
  private boolean isDirty;

  private ProgressLine(PrintWriter err, boolean isShown) {
    this.err = err;
    this.isShown = isShown;
  }

  /** Shows nothing unless standard error is a terminal. */
  static ProgressLine onTerminal(PrintWriter err) {
    return new ProgressLine(err, isTerminal());
  }

  @Override
  public void advanced(long doneBytes, long totalBytes) {
    if (isShown) {
      show(doneBytes, totalBytes);
    }
  }

  private synchronized void show(long doneBytes, long totalBytes) {
    long now = System.nanoTime();
    if (now - shownAtNanos >= INTERVAL_NANOS) {
      shownAtNanos = now;
      isDirty = true;
      long percent = totalBytes == 0 ? 100 : Math.min(100, doneBytes * 100 / totalBytes);
      err.print(ERASE + "Checking: " + percent + " % of " + Quantities.bytes(totalBytes));
      err.flush();
    }
  }

  @Override
  public synchronized void close() {
    if (isDirty) {
      err.print(ERASE);
      err.flush();
    }
  }

  private static boolean isTerminal() {
    try {
      Path target = Path.of("/dev/stderr").toRealPath();
      return target.startsWith("/dev/") && !target.startsWith("/dev/null");
    } catch (IOException e) {
      return false; // A pipe has no path, and other systems have no such file.
    }
  }
}
