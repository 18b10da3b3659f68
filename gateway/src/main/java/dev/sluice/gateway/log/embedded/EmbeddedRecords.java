package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.log.partition.AppendOrder;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.Isolation;
import dev.sluice.log.partition.PartitionLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@link Records} on the broker's partitions. */
public final class EmbeddedRecords implements Records {

  private final Broker broker;
  private final Isolation isolation;
  private final BatchEncoder encoder = new BatchEncoder();

  /** As readers of committed records see them. */
  public EmbeddedRecords(Broker broker) {
    this(broker, Isolation.READ_COMMITTED);
  }

  private EmbeddedRecords(Broker broker, Isolation isolation) {
    this.broker = broker;
    this.isolation = isolation;
  }

  @Override
  public Records uncommitted() {
    return new EmbeddedRecords(broker, Isolation.READ_UNCOMMITTED);
  }

  @Override
  public CompletableFuture<Appended> append(TopicPartition tp, List<NewRecord> records) {
    return append(tp, records, PartitionLog::append);
  }

  @Override
  public OrderedAppends ordered() {
    AppendOrder order = new AppendOrder();
    return new OrderedAppends() {
      @Override
      public CompletableFuture<Appended> append(TopicPartition tp, List<NewRecord> records) {
        return EmbeddedRecords.this.append(tp, records, (log, batch) -> log.append(batch, order));
      }

      @Override
      public void resume() {
        order.resume();
      }
    };
  }

  private CompletableFuture<Appended> append(
      TopicPartition tp, List<NewRecord> records, BatchEncoder.Append how) {
    try {
      return encoder
          .append(partition(tp), records, inNobodysName -> {}, how)
          .handle(
              (AppendResult result, @Nullable Throwable failure) -> {
                if (failure != null) {
                  throw Translation.exception(Translation.unwrapped(failure));
                }
                return new Appended(tp, result.baseOffset(), records.size());
              });
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(Translation.exception(failure));
    }
  }

  @Override
  public Slice read(TopicPartition tp, long offset, int maxRecords, int maxBytes) {
    PartitionLog log = partition(tp);
    try {
      return BatchReader.read(tp, log, isolation, offset, maxRecords, maxBytes);
    } catch (RuntimeException failure) {
      // The same codes say why a partition as a whole is unavailable.
      throw log.unavailable().isEmpty()
          ? Translation.readException(failure)
          : Translation.exception(failure);
    }
  }

  @Override
  public boolean await(Map<TopicPartition, Long> offsets, Duration timeout)
      throws InterruptedException {
    Map<PartitionLog, Long> waits = new HashMap<>();
    for (Map.Entry<TopicPartition, Long> entry : offsets.entrySet()) {
      TopicPartition tp = entry.getKey();
      broker
          .findPartition(tp.topic(), tp.partition())
          // One that is unavailable would wake its waiters at once, again and again.
          .filter(log -> log.unavailable().isEmpty())
          .ifPresent(log -> waits.put(log, entry.getValue()));
    }
    if (waits.isEmpty()) {
      TimeUnit.NANOSECONDS.sleep(timeout.toNanos());
      return false;
    }
    return Ends.await(waits, isolation, timeout);
  }

  @Override
  public long offsetForTime(TopicPartition tp, long timestampMillis) {
    try {
      PartitionLog log = partition(tp);
      long end = Ends.of(log, isolation);
      return log.offsetForTimestamp(timestampMillis)
          .map(found -> Math.min(found.offset(), end))
          .orElse(end);
    } catch (RuntimeException failure) {
      throw Translation.exception(failure);
    }
  }

  @Override
  public long startOffset(TopicPartition tp) {
    return partition(tp).logStartOffset();
  }

  @Override
  public long endOffset(TopicPartition tp) {
    return Ends.of(partition(tp), isolation);
  }

  @Override
  public void deleteBefore(TopicPartition tp, long offset) {
    try {
      partition(tp).deleteBefore(offset);
    } catch (RuntimeException failure) {
      throw Translation.exception(failure);
    }
  }

  private PartitionLog partition(TopicPartition tp) {
    try {
      return broker.partition(tp.topic(), tp.partition());
    } catch (RuntimeException failure) {
      throw Translation.exception(failure);
    }
  }
}
