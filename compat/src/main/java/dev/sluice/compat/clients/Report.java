package dev.sluice.compat.clients;

import java.io.PrintStream;
import java.util.Arrays;

/** Runs checks one after the other, says how each went, and goes on. Used by one thread. */
final class Report {

  private static final int MESSAGE_LINES = 20;
  private static final int FRAMES = 5;

  private final PrintStream out;
  private boolean isFailed;

  Report(PrintStream out) {
    this.out = out;
  }

  void check(String label, Check check) {
    try {
      check.run();
      out.println("  " + label + ": ok");
    } catch (Exception | AssertionError | LinkageError failure) {
      isFailed = true;
      out.println("  " + label + ": FAILED");
      explain(failure);
    }
  }

  /** Assertions on lists say a lot; what they begin with, and where, is enough. */
  private void explain(Throwable failure) {
    failure.toString().lines().limit(MESSAGE_LINES).forEach(line -> out.println("    " + line));
    Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(getClass().getPackageName()))
        .limit(FRAMES)
        .forEach(frame -> out.println("    at " + frame));
    if (failure.getCause() != null) {
      out.println("    because of " + failure.getCause());
    }
  }

  /** Whether any check failed. */
  boolean failed() {
    return isFailed;
  }
}
