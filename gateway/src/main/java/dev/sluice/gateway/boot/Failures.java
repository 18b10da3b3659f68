package dev.sluice.gateway.boot;

import dev.sluice.broker.topic.TopicException;
import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.log.LogException;
import dev.sluice.log.StorageException;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;

/** Failures of the start, in words for the terminal. */
final class Failures {

  private static final int MAX_DEPTH = 20;

  private Failures() {}

  /**
   * What to tell people: the outermost message that one of us wrote, since that says what to do;
   * for a port in use, so much; else the innermost message.
   */
  static String inOneLine(Throwable failure) {
    Optional<Throwable> ours = causes(failure).filter(Failures::saysWhatToDo).findFirst();
    if (ours.isPresent()) {
      return text(ours.get());
    }
    Throwable innermost = causes(failure).reduce(failure, (outer, inner) -> inner);
    return causes(failure).anyMatch(cause -> cause instanceof BindException)
        ? "The HTTP port is in use by another process. Stop that one, or choose another port with"
            + " --http-port (0 picks a free one)."
        : text(innermost);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MAX_DEPTH);
  }

  private static boolean saysWhatToDo(Throwable failure) {
    return failure instanceof StorageException
        || failure instanceof TopicException
        || failure instanceof LogException
        || failure instanceof ConnectorException;
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
