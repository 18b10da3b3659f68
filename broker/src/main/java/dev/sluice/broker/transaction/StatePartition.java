package dev.sluice.broker.transaction;

import dev.sluice.log.StorageException;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.ReadResult;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of {@code __transaction_state}, and the transactional ids in it. Thread-safe;
 * {@link #load} is called by one thread at a time.
 */
final class StatePartition {

  static final String TOPIC = Topic.TRANSACTION_STATE_TOPIC_NAME;

  private static final Logger LOG = LoggerFactory.getLogger(StatePartition.class);
  private static final int READ_BYTES = 1 << 20;

  private final PartitionLogs logs;
  private final int partition;
  private final Clock clock;
  private final Map<String, CoordinatedId> ids = new ConcurrentHashMap<>();
  private volatile Errors unavailable = Errors.COORDINATOR_LOAD_IN_PROGRESS;

  StatePartition(PartitionLogs logs, int partition, Clock clock) {
    this.logs = logs;
    this.partition = partition;
    this.clock = clock;
  }

  /** Why nothing can be asked here; {@code NONE} if it can. */
  Errors unavailable() {
    return unavailable;
  }

  /** Whether {@link #load} is worth another attempt. */
  boolean hasFailed() {
    return unavailable == Errors.COORDINATOR_NOT_AVAILABLE;
  }

  /**
   * Reads what is in the log. If that can't be read, this stays unavailable: half of it would mean
   * transactions that nobody ends.
   */
  void load() {
    try {
      Map<String, Transaction> found = replay(logs.get(TOPIC, partition));
      found.forEach((name, transaction) -> ids.put(name, new CoordinatedId(name, transaction)));
      unavailable = Errors.NONE;
      LOG.debug("{}-{} has {} transactional ids", TOPIC, partition, found.size());
    } catch (RuntimeException failure) {
      if (!hasFailed()) {
        LOG.error(
            "{}-{} could not be read; its transactional ids can't be used until it can: {}",
            TOPIC,
            partition,
            failure.getMessage());
      }
      unavailable = Errors.COORDINATOR_NOT_AVAILABLE;
    }
  }

  private static Map<String, Transaction> replay(PartitionLog log) {
    Map<String, Transaction> found = new HashMap<>();
    long offset = log.logStartOffset();
    while (offset < log.highWatermark()) {
      ReadResult read = log.read(offset, READ_BYTES);
      for (RecordBatch batch : read.batches()) {
        for (LogRecord record : batch.records()) {
          take(record, found);
        }
      }
      offset = read.nextOffset();
    }
    return found;
  }

  private static void take(LogRecord record, Map<String, Transaction> found) {
    ByteBuffer key = record.key();
    ByteBuffer value = record.value();
    Optional<String> name = key == null ? Optional.empty() : TransactionRecords.readKey(key);
    if (name.isEmpty()) {
      LOG.warn("{} has a record of an unknown kind at offset {}", TOPIC, record.offset());
    } else if (value == null) {
      found.remove(name.get());
    } else {
      found.put(name.get(), TransactionRecords.readValue(value));
    }
  }

  /**
   * Writes a state down.
   *
   * @param transaction null to forget the transactional id
   * @return completes when that is durable, on a thread that must not append here
   */
  CompletableFuture<AppendResult> store(String name, @Nullable Transaction transaction) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(
        clock.millis(),
        TransactionRecords.key(name),
        transaction == null ? null : TransactionRecords.value(transaction));
    try {
      return logs.get(TOPIC, partition).append(builder);
    } catch (StorageException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  @Nullable CoordinatedId find(String name) {
    return ids.get(name);
  }

  CoordinatedId findOrAdd(String name) {
    return ids.computeIfAbsent(name, added -> new CoordinatedId(added, null));
  }

  void remove(CoordinatedId id) {
    boolean unused = ids.remove(id.name(), id);
  }

  Collection<CoordinatedId> ids() {
    return ids.values();
  }
}
