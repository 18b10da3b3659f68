package dev.sluice.source.debezium;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.StopEngineException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine's batches wait for the runtime, and the runtime's acknowledgements for the
 * engine. At most two batches are under way: while one is being made durable the engine prepares
 * the next.
 *
 * <p><b>Invariant ack-after-durable:</b> a record is marked as processed, which lets the engine
 * confirm its position to the database, only on the engine's polling thread and only when its batch
 * and all before it were acknowledged.
 *
 * <p>Thread-safe: {@link #handleBatch} runs on the engine's polling thread, {@link #poll} on the
 * task's, {@link #acknowledged} on the runtime's.
 */
final class Handover implements ChangeConsumer<ChangeEvent<byte[], byte[]>> {

  /** A batch that was handed over and whose end may be marked once it is durable. */
  private record UnderWay(SourceBatch batch, @Nullable ChangeEvent<byte[], byte[]> safe) {}

  private final EventMapper mapper;
  private final CaptureProgress progress;
  private final int fullBatch;
  private final SafePoint<ChangeEvent<byte[], byte[]>> safePoint =
      new SafePoint<>(event -> EventMapper.connectRecord(event).sourceOffset());

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<UnderWay> toPoll = new ArrayDeque<>();
  private final Deque<UnderWay> unacknowledged = new ArrayDeque<>();
  private final Deque<UnderWay> toMark = new ArrayDeque<>();
  private boolean stopping;
  private @Nullable RuntimeException failure;

  /**
   * A handover.
   *
   * @param progress learns from what is handed over
   * @param fullBatch the engine's largest batch; one of this size tells that more is waiting
   */
  Handover(EventMapper mapper, CaptureProgress progress, int fullBatch) {
    this.mapper = mapper;
    this.progress = progress;
    this.fullBatch = fullBatch;
  }

  @Override
  public void handleBatch(
      List<ChangeEvent<byte[], byte[]>> events,
      RecordCommitter<ChangeEvent<byte[], byte[]>> committer)
      throws InterruptedException {
    UnderWay next = prepare(events);
    lock.lockInterruptibly();
    try {
      if (!next.batch().records().isEmpty() || !next.batch().positions().isEmpty()) {
        toPoll.add(next);
        unacknowledged.add(next);
        changed.signalAll();
      }
      // A full batch means that more is waiting: go on and let the disk catch up meanwhile.
      int allowed = events.size() >= fullBatch ? 1 : 0;
      while (unacknowledged.size() > allowed && !stopping) {
        changed.await();
      }
      if (stopping) {
        throw new StopEngineException("The task is closing.");
      }
    } finally {
      mark(committer);
      lock.unlock();
    }
  }

  /** Marks what has become durable; in the order in which it came, so the newest says it all. */
  private void mark(RecordCommitter<ChangeEvent<byte[], byte[]>> committer)
      throws InterruptedException {
    ChangeEvent<byte[], byte[]> newest = null;
    for (UnderWay durable = toMark.poll(); durable != null; durable = toMark.poll()) {
      newest = durable.safe() == null ? newest : durable.safe();
    }
    if (newest != null) {
      committer.markProcessed(newest);
      committer.markBatchFinished();
    }
  }

  private UnderWay prepare(List<ChangeEvent<byte[], byte[]>> events) {
    progress.observe(events);
    List<SourceRecord> records = mapper.records(events);
    ChangeEvent<byte[], byte[]> safe = safePoint.after(events);
    List<SourcePosition> positions = safe == null ? List.of() : List.of(position(safe));
    return new UnderWay(new SourceBatch(records, positions), safe);
  }

  private static SourcePosition position(ChangeEvent<byte[], byte[]> event) {
    var connectRecord = EventMapper.connectRecord(event);
    Map<String, Object> partition = new HashMap<>(connectRecord.sourcePartition());
    Map<String, Object> offset = new HashMap<>(connectRecord.sourceOffset());
    return new SourcePosition(partition, offset);
  }

  /**
   * Takes the next batch.
   *
   * @return empty if none came in time
   * @throws RuntimeException what {@link #fail} was told, once all batches before it were taken
   */
  Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = maxWait.toNanos();
      while (toPoll.isEmpty() && failure == null && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      UnderWay next = toPoll.poll();
      if (next == null && failure != null) {
        throw failure;
      }
      return Optional.ofNullable(next).map(UnderWay::batch);
    } finally {
      lock.unlock();
    }
  }

  /** The oldest batch that was not acknowledged before is durable. */
  void acknowledged() {
    lock.lock();
    try {
      toMark.add(unacknowledged.remove());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what was not polled, for good; the engine must have been stopped. */
  void retire() {
    lock.lock();
    try {
      toPoll.forEach(unacknowledged::remove);
      toPoll.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Whether all that was polled is acknowledged, now or within the time. */
  boolean settled(Duration maxWait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = maxWait.toNanos();
      while (!unacknowledged.isEmpty() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return unacknowledged.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The engine ended by itself; nothing follows what was handed over. */
  void fail(RuntimeException reason) {
    lock.lock();
    try {
      failure = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sends the engine's polling thread home, at the latest with its next batch. */
  void stop() {
    lock.lock();
    try {
      stopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
