package dev.sluice.broker.group;

import dev.sluice.log.StorageException;
import dev.sluice.log.partition.AppendResult;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.coordinator.common.runtime.PartitionWriter.Listener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition of the offsets topic between the coordinator and the log. It is down, is being
 * loaded, or has been loaded; a failed append brings it down. Thread-safe, but only one thread at a
 * time may append.
 */
final class OffsetsPartition {

  private static final Logger LOG = LoggerFactory.getLogger(OffsetsPartition.class);

  /** How far a load has come. */
  private sealed interface State {}

  private record Down() implements State {}

  private record Loading() implements State {}

  private record Loaded(CoordinatorLog log) implements State {}

  private final TopicPartition id;
  private final Consumer<OffsetsPartition> onTrouble;
  private final AtomicReference<State> state = new AtomicReference<>(new Down());
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private volatile @Nullable Listener listener;

  /**
   * A partition that is down.
   *
   * @param onTrouble called when it has gone down
   */
  OffsetsPartition(TopicPartition id, Consumer<OffsetsPartition> onTrouble) {
    this.id = id;
    this.onTrouble = onTrouble;
  }

  TopicPartition id() {
    return id;
  }

  /** Completes when the coordinator has taken the partition over, or has failed to, once. */
  CompletableFuture<Void> settled() {
    return settled;
  }

  /** Whether the coordinator has taken it over, and has not noticed that it is down. */
  boolean isActive() {
    return listener != null;
  }

  boolean isDown() {
    return state.get() instanceof Down;
  }

  boolean isLoading() {
    return state.get() instanceof Loading;
  }

  void beginLoad() {
    state.set(new Loading());
  }

  void endLoad(CoordinatorLog log) {
    state.set(new Loaded(log));
  }

  void failLoad() {
    state.set(new Down());
    settled.complete(null);
    onTrouble.accept(this);
  }

  /** Takes the coordinator's listener: with it, the partition is active. */
  void listen(Listener newListener) {
    listener = newListener;
    settled.complete(null);
  }

  void stopListening() {
    listener = null;
  }

  /** The largest batch that is taken. */
  int maxBatchBytes() {
    return loaded().log().maxBatchBytes();
  }

  /**
   * Appends a batch.
   *
   * @return the offset behind it; the listener is told when it is durable
   * @throws NotLeaderOrFollowerException if the partition is down
   * @throws StorageException if the batch is refused
   */
  long append(ByteBuffer batch) {
    Loaded writer = loaded();
    CompletableFuture<AppendResult> unused =
        writer
            .log()
            .append(batch)
            .whenComplete(
                (result, failure) -> {
                  if (failure == null) {
                    committed(result);
                  } else {
                    goDown(writer, failure);
                  }
                });
    return writer.log().nextOffset();
  }

  private Loaded loaded() {
    if (state.get() instanceof Loaded loaded) {
      return loaded;
    }
    throw new NotLeaderOrFollowerException(id + " is not loaded");
  }

  private void committed(AppendResult result) {
    Listener told = listener;
    if (told == null) {
      return; // Unloaded meanwhile: who waits for this has been told so.
    }
    try {
      told.onHighWatermarkUpdated(id, result.lastOffset() + 1);
    } catch (NotCoordinatorException closed) {
      LOG.debug("{} was closed before its last append was acknowledged", id);
    }
  }

  private void goDown(Loaded writer, Throwable failure) {
    if (state.compareAndSet(writer, new Down())) {
      LOG.error(
          "Groups in {} are read again, since a change of theirs could not be written: {}",
          id,
          failure.getMessage());
      onTrouble.accept(this);
    }
  }
}
