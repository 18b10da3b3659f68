package dev.sluice.gateway.rest;

import dev.sluice.gateway.log.LogException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * The server-sent event streams that are open: their number is bounded, and they end when the
 * gateway stops. Thread-safe.
 */
@Singleton
public final class EventStreams {

  private static final Logger LOG = Logger.getLogger(EventStreams.class);

  /** How many streams may be open at once; each costs a connection and a virtual thread. */
  static final int MAX_STREAMS = 200;

  private final Semaphore places = new Semaphore(MAX_STREAMS);
  private volatile boolean stopping;

  /** What a stream sends. */
  @FunctionalInterface
  public interface Sender {

    /** Sends events for as long as the stream is open, or until there are no more. */
    void run(EventStream stream) throws InterruptedException;
  }

  /**
   * Opens a stream, and lets the sender fill it from a virtual thread of its own; returns once the
   * head of the response is out. An error of the sender ends the stream with a problem document.
   *
   * @param greeting the first comment
   * @throws ApiException 503 when too many streams are open
   */
  public void start(SseEventSink sink, Sse sse, String greeting, Sender sender)
      throws InterruptedException {
    EventStream stream = open(sink, sse);
    // The framework completes the head after the resource method; so it must be out by then.
    stream.comment(greeting);
    Thread thread = Thread.ofVirtual().name("stream: " + greeting).start(() -> run(stream, sender));
    LOG.tracef("Started %s", thread);
  }

  private static void run(EventStream stream, Sender sender) {
    try (stream) {
      runReporting(stream, sender);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static void runReporting(EventStream stream, Sender sender) throws InterruptedException {
    try {
      sender.run(stream);
    } catch (LogException failed) {
      stream.problem(ErrorTranslation.of(failed));
    } catch (RuntimeException defect) {
      LOG.error("An event stream failed", defect);
      stream.problem(
          ErrorTranslation.of(
              new LogException(LogException.Code.INTERNAL, "The stream failed.", defect)));
    }
  }

  private EventStream open(SseEventSink sink, Sse sse) {
    if (!places.tryAcquire()) {
      throw new ApiException(
          503,
          "too-many-streams",
          ApiException.Category.RESOURCE,
          MAX_STREAMS + " event streams are open, which is as many as there may be.",
          null,
          "Close some, or try again later.");
    }
    return new EventStream(sink, sse, () -> stopping, places::release);
  }

  /** How many are open; tests wait for their end by it. */
  int openCount() {
    return MAX_STREAMS - places.availablePermits();
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }
}
