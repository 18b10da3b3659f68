package dev.sluice.broker.front;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what the product says in its log that nobody foresaw, while a test makes it suffer. */
final class LogWatch extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.sluice");
  private final Set<String> complaints = ConcurrentHashMap.newKeySet();

  LogWatch() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord line) {
    String message = String.valueOf(line.getMessage());
    if (line.getLevel().intValue() >= Level.SEVERE.intValue()
        || message.contains("unforeseen")
        || message.contains("did not end")) {
      boolean unused = complaints.add(describe(message, line.getThrown()));
    }
  }

  /** Where it came from, by the product's own frames: so that each kind is told once. */
  private static String describe(String message, @Nullable Throwable failure) {
    if (failure == null) {
      return message;
    }
    return failure.getClass().getSimpleName()
        + Arrays.stream(failure.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("dev.sluice"))
            .limit(4)
            .map(frame -> "\n  at " + frame)
            .collect(Collectors.joining());
  }

  Set<String> complaints() {
    return complaints;
  }

  @Override
  public void flush() {
    // Nothing is kept back.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
