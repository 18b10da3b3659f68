package dev.sluice.gateway.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server-sent event stream to one client. Sending waits until the event is on the socket, so a
 * slow client slows its own thread and costs no memory; one that takes nothing for too long is
 * given up. Used by one thread.
 */
public final class EventStream implements AutoCloseable {

  /** A comment goes out at least this often, so that both ends notice a dead connection. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper PROBLEMS = new ObjectMapper();

  private final SseEventSink sink;
  private final Sse sse;
  private final BooleanSupplier stopping;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();
  private long lastSentNanos = System.nanoTime();

  EventStream(SseEventSink sink, Sse sse, BooleanSupplier stopping, Runnable release) {
    this.sink = sink;
    this.sse = sse;
    this.stopping = stopping;
    this.release = release;
  }

  /** Whether there is still someone to send to. */
  public boolean isOpen() {
    return !closed.get() && !sink.isClosed() && !stopping.getAsBoolean();
  }

  /** Sends an event. A client that has gone closes the stream, which is no error. */
  public void send(@Nullable String id, String json) throws InterruptedException {
    OutboundSseEvent.Builder event = sse.newEventBuilder().data(String.class, json);
    write((id == null ? event : event.id(id)).build());
  }

  /** Sends an event with a name, which clients listen to by it. */
  public void send(String name, @Nullable String id, String json) throws InterruptedException {
    OutboundSseEvent.Builder event = sse.newEventBuilder().name(name).data(String.class, json);
    write((id == null ? event : event.id(id)).build());
  }

  /**
   * Sends what is seen: at once, and again when it is another; until the stream is closed, or
   * nothing is to be seen any more, which the stream's last event tells.
   *
   * @param pace how long to wait between two looks
   * @param look what is seen now, as JSON; throws if it is gone
   */
  public void states(Duration pace, Supplier<String> look) throws InterruptedException {
    states(pace, look, "", Optional::empty);
  }

  /**
   * As {@link #states(Duration, Supplier)}, with something that is seen beside it and has events of
   * its own.
   *
   * @param name of the events of what is beside it
   * @param beside what is seen of that now, as JSON; empty if there is nothing
   */
  public void states(
      Duration pace, Supplier<String> look, String name, Supplier<Optional<String>> beside)
      throws InterruptedException {
    String shown = "";
    String shownBeside = "";
    while (isOpen()) {
      String now;
      String nowBeside;
      try {
        now = look.get();
        nowBeside = beside.get().orElse(shownBeside);
      } catch (ApiException gone) {
        problem(gone);
        return;
      }
      if (!now.equals(shown)) {
        send(null, now);
        shown = now;
      }
      if (!nowBeside.equals(shownBeside)) {
        send(name, null, nowBeside);
        shownBeside = nowBeside;
      }
      keepAlive();
      Thread.sleep(pace);
    }
  }

  /** Sends a comment if nothing has been sent for a while. */
  public void keepAlive() throws InterruptedException {
    if (System.nanoTime() - lastSentNanos >= HEARTBEAT.toNanos()) {
      comment("still here");
    }
  }

  /** Sends a comment, which clients ignore. */
  public void comment(String text) throws InterruptedException {
    write(sse.newEventBuilder().comment(text).build());
  }

  /** Sends a problem document as an event named {@code problem}: the last one of the stream. */
  public void problem(ApiException error) throws InterruptedException {
    try {
      String json = PROBLEMS.writeValueAsString(Problem.of(error, false));
      write(sse.newEventBuilder().name("problem").data(String.class, json).build());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A problem document can't be written", impossible);
    }
  }

  private void write(OutboundSseEvent event) throws InterruptedException {
    if (!isOpen()) {
      return;
    }
    try {
      sink.send(event).toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      lastSentNanos = System.nanoTime();
    } catch (ExecutionException | TimeoutException | IllegalStateException gone) {
      close();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
      sink.close();
    }
  }
}
