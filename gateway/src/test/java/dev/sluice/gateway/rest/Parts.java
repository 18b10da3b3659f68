package dev.sluice.gateway.rest;

import dev.sluice.gateway.log.Topics;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;

/** Parts of the API for tests that do without HTTP. */
public final class Parts {

  private Parts() {}

  /** The topics that requests may name. */
  public static KnownTopics topics(Topics topics) {
    return new KnownTopics(topics);
  }

  /** A stream to a client that takes each event in its own time. */
  public static EventStream stream(Consumer<OutboundSseEvent> client) {
    SseEventSink sink =
        new SseEventSink() {
          private boolean closed;

          @Override
          public boolean isClosed() {
            return closed;
          }

          @Override
          public CompletionStage<?> send(OutboundSseEvent event) {
            client.accept(event);
            return CompletableFuture.completedFuture(event);
          }

          @Override
          public void close() {
            closed = true;
          }
        };
    return new EventStream(sink, new SseImpl(), () -> false, () -> {});
  }
}
