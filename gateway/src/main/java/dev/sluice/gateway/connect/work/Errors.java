package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.gateway.log.LogException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gives every failure a code and a category. */
public final class Errors {

  private Errors() {}

  /** The stack trace, cut off after so many characters. */
  public static String trace(Throwable error, int maxChars) {
    StringWriter text = new StringWriter();
    Throwable thrown = error instanceof PlacedException placed ? placed.error() : error;
    thrown.printStackTrace(new PrintWriter(text));
    return text.getBuffer().length() <= maxChars
        ? text.toString()
        : text.getBuffer().substring(0, maxChars) + "…";
  }

  /** What the error concerns, or null if that is not known. */
  public static @Nullable ErrorPlace place(ConnectorException error) {
    return error instanceof PlacedException placed ? placed.place() : null;
  }

  /**
   * The pause after a failure, or null if there is to be no other attempt until someone has looked:
   * a refused record was to stop the task. What people must mend is tried at the slowest pace,
   * since they often mend it outside: they make the table, or grant the right.
   *
   * @param failures how many attempts have failed in a row, at least 1
   * @param random between 0 and 1
   */
  public static @Nullable Duration pause(
      ConnectorException error, int failures, Backoff backoff, double random) {
    if (error instanceof DeadLetters.RefusedException) {
      return null;
    }
    return switch (error.category()) {
      case CONFIGURATION -> backoff.longest();
      case DATA, EXTERNAL, RESOURCE, INTERNAL -> backoff.pause(failures, random);
    };
  }

  /** The failure as people are told about it. */
  public static ConnectorException classify(Throwable failure) {
    return switch (failure) {
      case ConnectorException known -> known;
      case LogException log -> ofLog(log);
      case VirtualMachineError machine ->
          new ConnectorException(
              ErrorCategory.RESOURCE,
              "machine-exhausted",
              "The machine ran out of something: " + machine,
              "Give the process more memory, or the connector smaller batches.",
              machine);
      default ->
          new ConnectorException(
              ErrorCategory.INTERNAL,
              "unexpected",
              "Unexpected " + failure.getClass().getSimpleName() + ": " + failure.getMessage(),
              null,
              failure);
    };
  }

  private static ConnectorException ofLog(LogException log) {
    String message = log.getMessage() == null ? "The log failed." : log.getMessage();
    return switch (log.code()) {
      case DISK_FULL ->
          new ConnectorException(
              ErrorCategory.RESOURCE,
              "log-disk-full",
              message,
              "Free space on the disk; the connector goes on by itself.",
              log);
      case GROUP_IN_USE ->
          new ConnectorException(
              ErrorCategory.EXTERNAL,
              "log-" + name(log),
              message,
              "Stop the consumers that use the connector's group; it goes on by itself.",
              log);
      case PARTITION_OFFLINE, PLACE_DAMAGED, PREDECESSOR_FAILED, TRANSACTION_LOST, CLOSED ->
          new ConnectorException(ErrorCategory.RESOURCE, "log-" + name(log), message, null, log);
      case TOO_LARGE, INVALID_RECORD, INVALID_TOPIC ->
          ConnectorException.data("log-" + name(log), message, log);
      case UNKNOWN_TOPIC, TOPIC_EXISTS, OFFSET_OUT_OF_RANGE, INTERNAL ->
          new ConnectorException(ErrorCategory.INTERNAL, "log-" + name(log), message, null, log);
    };
  }

  private static String name(LogException log) {
    return log.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
