package dev.sluice.gateway.messaging;

import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One incoming channel: records as messages on demand, positions committed as they are
 * acknowledged. Commits run on the executor, one at a time; those that come meanwhile are combined.
 */
final class InboundChannel {

  private static final Logger LOG = LoggerFactory.getLogger(InboundChannel.class);

  private final String group;
  private final TopicReader reader;
  private final Groups groups;
  private final Refusals refusals;
  private final ExecutorService threads;
  private final OutstandingOffsets outstanding;
  private final AtomicBoolean commitWaiting = new AtomicBoolean();
  private final Object commitLock = new Object();
  private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

  InboundChannel(
      String group,
      TopicReader reader,
      Groups groups,
      Refusals refusals,
      int maxOutstanding,
      ExecutorService threads) {
    this.group = group;
    this.reader = reader;
    this.groups = groups;
    this.refusals = refusals;
    this.threads = threads;
    this.outstanding = new OutstandingOffsets(maxOutstanding);
  }

  /** The messages, read as they are asked for; ends when the channel is closed. */
  Multi<Message<byte[]>> messages() {
    return Multi.createBy()
        .repeating()
        .uni(() -> Uni.createFrom().item(this::next).runSubscriptionOn(threads))
        .until(batch -> reader.closed())
        .onItem()
        .<Message<byte[]>>disjoint();
  }

  void close() {
    reader.close();
    outstanding.close();
    commit();
  }

  private List<Message<byte[]>> next() {
    try {
      outstanding.awaitRoom();
      List<StoredRecord> records = reader.next();
      // Looked at last: a refusal may have come while this thread waited for records.
      Throwable failure = fatal.get();
      if (failure != null) {
        throw new IllegalStateException("Channel of group " + group + " has stopped", failure);
      }
      List<Message<byte[]>> messages = new ArrayList<>();
      for (StoredRecord record : records) {
        outstanding.handedOut(record.topicPartition(), record.offset());
        messages.add(message(record));
      }
      return messages;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      close();
      return List.of();
    }
  }

  private Message<byte[]> message(StoredRecord record) {
    return Message.of(
        record.value(),
        Metadata.of(new TopicRecordMetadata(record)),
        () -> acknowledge(record),
        reason -> refuse(record, reason));
  }

  private CompletionStage<Void> acknowledge(StoredRecord record) {
    outstanding.acknowledged(record.topicPartition(), record.offset());
    if (commitWaiting.compareAndSet(false, true)) {
      threads.execute(this::commit);
    }
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<Void> refuse(StoredRecord record, Throwable reason) {
    LOG.warn(
        "Group {} refused {}@{}: {}",
        group,
        record.topicPartition(),
        record.offset(),
        reason.toString());
    return switch (refusals.strategy()) {
      case IGNORE -> acknowledge(record);
      case DEAD_LETTER ->
          refusals.deadLetter(group, record, reason).thenCompose(durable -> acknowledge(record));
      case FAIL -> {
        fatal.set(reason);
        yield CompletableFuture.failedFuture(reason);
      }
    };
  }

  private void commit() {
    synchronized (commitLock) {
      commitWaiting.set(false);
      Map<TopicPartition, Long> changed = outstanding.takeChanged();
      if (changed.isEmpty()) {
        return;
      }
      try {
        groups.commit(group, changed);
      } catch (RuntimeException failure) {
        // The next acknowledgement commits again; until then a restart repeats these records.
        LOG.warn("Group {} could not store its positions: {}", group, failure.toString());
      }
    }
  }
}
