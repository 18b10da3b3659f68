package dev.sluice.gateway.boot;

/** Failures of the start, in words for the terminal. */
final class Failures {

  private static final int MAX_DEPTH = 20;

  private Failures() {}

  /** The message of the innermost cause, which is the one that says what to do. */
  static String inOneLine(Throwable failure) {
    Throwable innermost = failure;
    for (int depth = 0; depth < MAX_DEPTH && innermost.getCause() != null; depth++) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }
}
