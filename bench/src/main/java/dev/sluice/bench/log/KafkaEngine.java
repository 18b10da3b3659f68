package dev.sluice.bench.log;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/**
 * Kafka's log, as a broker with default settings sets it up for the leader of a partition without
 * followers: after an append the high watermark moves up.
 */
final class KafkaEngine implements Engine {

  private static final int MAX_TRANSACTION_MILLIS = 15 * 60 * 1000;
  private static final int PRODUCER_EXPIRATION_MILLIS = 24 * 60 * 60 * 1000;
  private static final int EXPIRATION_CHECK_MILLIS = 10 * 60 * 1000;
  private static final CompletableFuture<?> DONE = CompletableFuture.completedFuture("done");

  /** Request handler threads of a broker have one each. */
  private static final ThreadLocal<RequestLocal> LOCAL =
      ThreadLocal.withInitial(RequestLocal::withThreadConfinedCaching);

  private final KafkaScheduler scheduler;
  private final UnifiedLog log;

  KafkaEngine(Path directory, boolean forceEach) throws IOException {
    Path partition = directory.resolve("t-0");
    Files.createDirectories(partition);
    this.scheduler = scheduler();
    this.log = open(partition, scheduler, forceEach, true, 0);
    advance(log);
  }

  static KafkaScheduler scheduler() {
    KafkaScheduler scheduler = new KafkaScheduler(10);
    scheduler.startup();
    return scheduler;
  }

  /** Opens a partition as the broker's log manager does at a start. */
  static UnifiedLog open(
      Path directory,
      KafkaScheduler scheduler,
      boolean forceEach,
      boolean wasCleanShutdown,
      long recoveryPoint)
      throws IOException {
    File file = directory.toFile();
    LogConfig config =
        new LogConfig(forceEach ? Map.of("flush.messages", "1") : Map.<String, String>of());
    return UnifiedLog.create(
        file,
        config,
        0,
        recoveryPoint,
        scheduler,
        new BrokerTopicStats(),
        Time.SYSTEM,
        MAX_TRANSACTION_MILLIS,
        new ProducerStateManagerConfig(PRODUCER_EXPIRATION_MILLIS, false),
        EXPIRATION_CHECK_MILLIS,
        new LogDirFailureChannel(1),
        wasCleanShutdown,
        Optional.empty());
  }

  /** The high watermark follows the log end where there is no follower. */
  static void advance(UnifiedLog log) throws IOException {
    var unused = log.maybeIncrementHighWatermark(log.logEndOffsetMetadata());
  }

  @Override
  public CompletableFuture<?> append(ByteBuffer batch) throws IOException {
    batch.putLong(0, 0L); // Clients send zero; the last append wrote the offset here.
    var unused =
        log.appendAsLeader(
            MemoryRecords.readableRecords(batch),
            0,
            AppendOrigin.CLIENT,
            LOCAL.get(),
            VerificationGuard.SENTINEL);
    advance(log);
    return DONE;
  }

  @Override
  public long endOffset() {
    return log.highWatermark();
  }

  @Override
  public long readRecords(long offset, int maxBytes, LongConsumer sizes) throws IOException {
    long next = offset;
    for (MutableRecordBatch batch : fetch(offset, maxBytes).batches()) {
      batch.ensureValid();
      try (var records = batch.streamingIterator(LOCAL.get().bufferSupplier())) {
        while (records.hasNext()) {
          Record record = records.next();
          if (record.offset() >= offset) {
            sizes.accept(record.valueSize());
          }
        }
      }
      next = batch.nextOffset();
    }
    return next;
  }

  @Override
  public long readOne(long offset) throws IOException {
    for (MutableRecordBatch batch : fetch(offset, 1).batches()) {
      batch.ensureValid();
      for (Iterator<Record> records = batch.iterator(); records.hasNext(); ) {
        Record record = records.next();
        if (record.offset() >= offset) {
          return record.valueSize();
        }
      }
    }
    throw new IOException("Nothing at " + offset);
  }

  @Override
  public long sendRegion(long offset, int maxBytes, FileChannel sink) throws IOException {
    FileRecords records = region(offset, maxBytes);
    Sink target = new Sink(sink);
    int sent = 0;
    while (sent < records.sizeInBytes()) {
      sent += records.writeTo(target, sent, records.sizeInBytes() - sent);
    }
    return sent;
  }

  @Override
  public long offsetForTime(long timestampMillis) {
    return log.fetchOffsetByTimestamp(timestampMillis, Optional.empty())
        .timestampAndOffsetOpt()
        .orElseThrow()
        .offset;
  }

  @Override
  public void roll() throws IOException {
    var unused = log.roll();
  }

  @Override
  public void close() throws IOException {
    log.close();
    try {
      scheduler.shutdown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private MemoryRecords fetch(long offset, int maxBytes) throws IOException {
    FileRecords region = region(offset, maxBytes);
    ByteBuffer bytes = ByteBuffer.allocate(region.sizeInBytes());
    region.readInto(bytes, 0);
    return MemoryRecords.readableRecords(bytes);
  }

  private FileRecords region(long offset, int maxBytes) throws IOException {
    return (FileRecords) log.read(offset, maxBytes, FetchIsolation.HIGH_WATERMARK, true).records;
  }
}
