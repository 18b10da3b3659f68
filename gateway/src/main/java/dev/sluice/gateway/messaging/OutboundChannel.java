package dev.sluice.gateway.messaging;

import dev.sluice.gateway.log.Records;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One outgoing channel: appends messages in their order, acknowledges each when its record is
 * durable, refuses it when it can't be appended, and goes on either way.
 */
final class OutboundChannel {

  private static final Logger LOG = LoggerFactory.getLogger(OutboundChannel.class);

  private final String channel;
  private final Supplier<TopicWriter> opener;
  private @Nullable TopicWriter writer;

  private record Pending(Message<?> message, CompletableFuture<Records.Appended> appended) {}

  OutboundChannel(String channel, Supplier<TopicWriter> opener) {
    this.channel = channel;
    this.opener = opener;
  }

  /**
   * Appends on the executor, since handing over may block when the log is busy, one message after
   * the other; waiting for the disk overlaps for up to {@code maxInflight} of them.
   */
  Multi<Message<?>> write(Multi<Message<?>> messages, ExecutorService threads, int maxInflight) {
    return messages
        .emitOn(threads)
        .onItem()
        .transform(this::append)
        .onItem()
        .transformToUni(this::settle)
        .merge(maxInflight);
  }

  private Pending append(Message<?> message) {
    try {
      if (writer == null) {
        writer = opener.get();
      }
      return new Pending(message, writer.write(message));
    } catch (RuntimeException refused) {
      return new Pending(message, CompletableFuture.failedFuture(refused));
    }
  }

  private Uni<Message<?>> settle(Pending pending) {
    return Uni.createFrom()
        .completionStage(pending.appended())
        .onItemOrFailure()
        .transformToUni(
            (appended, failure) -> {
              if (failure == null) {
                return Uni.createFrom().completionStage(pending.message().ack());
              }
              LOG.warn("Channel {}: a message was not appended: {}", channel, failure.toString());
              return Uni.createFrom().completionStage(pending.message().nack(failure));
            })
        .replaceWith(pending.message());
  }
}
