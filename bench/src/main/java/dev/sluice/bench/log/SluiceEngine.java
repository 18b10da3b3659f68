package dev.sluice.bench.log;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.flush.FlushPolicy;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.LogRegion;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.partition.ReadResult;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** This project's log, with the flusher that the broker gives it. */
final class SluiceEngine implements Engine {

  /** As in the broker. */
  private static final int FLUSH_THREADS = 2;

  private static final long MAX_UNFLUSHED_BYTES = 128L << 20;

  private final FlushService flusher = flusher();
  private final PartitionLog log;

  SluiceEngine(Path directory, boolean forceEach) {
    PartitionSettings settings =
        PartitionSettings.DEFAULT.withFlush(forceEach ? FlushPolicy.ACK : FlushPolicy.OS);
    this.log = PartitionLog.open(services(flusher), "t-0", directory.resolve("t-0"), settings);
  }

  static LogServices services(FlushService flusher) {
    return new LogServices(new DiskStorage(), flusher, Clock.systemUTC(), LogMetrics.NONE);
  }

  static FlushService flusher() {
    return new FlushService(FLUSH_THREADS, MAX_UNFLUSHED_BYTES);
  }

  @Override
  public CompletableFuture<?> append(ByteBuffer batch) {
    return log.append(batch);
  }

  @Override
  public void appendNow(ByteBuffer batch) {
    AppendResult unused = log.appendNow(batch);
  }

  @Override
  public long endOffset() {
    return log.highWatermark();
  }

  @Override
  public long readRecords(long offset, int maxBytes, LongConsumer sizes) {
    ReadResult result = log.read(offset, maxBytes);
    for (RecordBatch batch : result.batches()) {
      for (LogRecord record : batch.records()) {
        if (record.offset() >= offset) {
          sizes.accept(size(record));
        }
      }
    }
    return result.nextOffset();
  }

  @Override
  public long readOne(long offset) throws IOException {
    for (RecordBatch batch : log.read(offset, 1).batches()) {
      for (LogRecord record : batch.records()) {
        if (record.offset() >= offset) {
          return size(record);
        }
      }
    }
    throw new IOException("Nothing at " + offset);
  }

  @Override
  public long sendRegion(long offset, int maxBytes, FileChannel sink) throws IOException {
    try (LogRegion region = log.readRegion(offset, maxBytes).orElseThrow()) {
      int sent = 0;
      while (sent < region.sizeBytes()) {
        sent += (int) region.transferTo(sink, sent);
      }
      return sent;
    }
  }

  @Override
  public long offsetForTime(long timestampMillis) {
    return log.offsetForTimestamp(timestampMillis).orElseThrow().offset();
  }

  @Override
  public void roll() {
    log.update(log.settings().withSegments(1, log.settings().segmentAge()));
  }

  @Override
  public void close() {
    log.close();
    flusher.close();
  }

  private static long size(LogRecord record) {
    ByteBuffer value = record.value();
    return value == null ? 0 : value.remaining();
  }
}
