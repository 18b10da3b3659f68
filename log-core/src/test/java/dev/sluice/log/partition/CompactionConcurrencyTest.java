package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.check.Soundness;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.RecordBatches;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Appends and reads beside compaction, on a real disk. */
@Timeout(120)
class CompactionConcurrencyTest {

  private static final int KEYS = 50;
  private static final int APPENDS = Boolean.getBoolean("long") ? 200_000 : 8_000;

  @TempDir Path directory;
  private final FlushService flusher = new FlushService(2, 1 << 20);
  private final LogServices services =
      new LogServices(new DiskStorage(), flusher, Clock.systemUTC(), LogMetrics.NONE);

  /** Of each key, the number that was last acknowledged. */
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  private final AtomicBoolean isDone = new AtomicBoolean();

  @AfterEach
  void stopFlusher() {
    flusher.close();
  }

  @Test
  void readersAlwaysFindTheLatestOfEachKey() throws Exception {
    try (PartitionLog log = open();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> tasks = new ArrayList<>();
      tasks.add(threads.submit(() -> append(log)));
      Future<Integer> compactions = threads.submit(() -> compact(log));
      tasks.add(threads.submit(() -> scan(log, new Random(1))));
      tasks.add(threads.submit(() -> scan(log, new Random(2))));
      tasks.add(threads.submit(() -> readRegions(log, new Random(3))));
      tasks.add(threads.submit(() -> closeIdleFiles(log)));
      try {
        for (Future<?> task : tasks) {
          Object unused = task.get(60, TimeUnit.SECONDS);
        }
      } finally {
        isDone.set(true);
      }
      assertThat(compactions.get(60, TimeUnit.SECONDS)).isGreaterThan(3);
      checkScan(log);
    }
    try (PartitionLog log = open()) {
      checkScan(log);
      assertThat(log.compact(1 << 20, () -> false)).isEmpty();
    }
    Soundness.assertSound(new DiskStorage(), directory);
  }

  @Test
  void aRegionThatIsHeldAcrossASwapStaysWhatItWas() throws Exception {
    try (PartitionLog log = open()) {
      isDone.set(true);
      append(log);
      Optional<LogRegion> region = log.readRegion(0, 100_000);
      try (LogRegion held = region.orElseThrow()) {
        byte[] before = bytes(held);
        long sizeBefore = log.sizeBytes();
        assertThat(log.compact(1 << 20, () -> false)).isPresent();
        assertThat(log.sizeBytes()).isLessThan(sizeBefore / 2);
        log.closeIdleFiles();
        log.closeIdleFiles();
        assertThat(bytes(held)).isEqualTo(before);
      }
    }
  }

  private Void append(PartitionLog log) {
    Random random = new Random(9);
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (int i = 0; i < APPENDS; i += 20) {
      builder.reset();
      Map<String, Integer> batch = new HashMap<>();
      for (int j = i; j < i + 20; j++) {
        String key = "key" + random.nextInt(KEYS);
        builder.append(j, key.getBytes(UTF_8), Integer.toString(j).getBytes(UTF_8));
        batch.put(key, j);
      }
      AppendResult unused = log.append(builder).join();
      acknowledged.putAll(batch);
    }
    isDone.set(true);
    return null;
  }

  private int compact(PartitionLog log) {
    int compactions = 0;
    boolean isLast;
    do {
      isLast = isDone.get();
      if (log.compact(1 << 20, () -> false).isPresent()) {
        compactions++;
      }
      Thread.yield();
    } while (!isLast);
    return compactions;
  }

  /** Reads from a random offset to the end, again and again. */
  private Void scan(PartitionLog log, Random random) {
    while (!isDone.get()) {
      if (random.nextBoolean()) {
        checkScan(log);
      } else {
        Map<String, Integer> unused =
            scanFrom(log, (long) (random.nextDouble() * log.highWatermark()));
      }
    }
    return null;
  }

  private void checkScan(PartitionLog log) {
    Map<String, Integer> before = Map.copyOf(acknowledged);
    Map<String, Integer> found = scanFrom(log, 0);
    before.forEach((key, number) -> assertThat(found.get(key)).isGreaterThanOrEqualTo(number));
  }

  private static Map<String, Integer> scanFrom(PartitionLog log, long start) {
    Map<String, Integer> found = new HashMap<>();
    long end = log.highWatermark();
    long offset = start;
    while (offset < end) {
      ReadResult result = log.read(offset, 20_000);
      assertThat(result.nextOffset()).isGreaterThan(offset);
      collect(result.batches(), offset, found);
      offset = result.nextOffset();
    }
    return found;
  }

  private static void collect(
      Iterable<RecordBatch> batches, long from, Map<String, Integer> found) {
    long last = -1;
    for (RecordBatch batch : batches) {
      batch.validate();
      for (LogRecord record : batch.records()) {
        assertThat(record.offset()).isGreaterThan(last);
        last = record.offset();
        if (record.offset() >= from) {
          // Numbers are offsets: a record is where it was appended.
          int number = Integer.parseInt(new String(record.valueBytes(), UTF_8));
          assertThat((long) number).isEqualTo(record.offset());
          found.put(new String(record.keyBytes(), UTF_8), number);
        }
      }
    }
  }

  private Void readRegions(PartitionLog log, Random random) throws IOException {
    while (!isDone.get()) {
      long offset = (long) (random.nextDouble() * log.highWatermark());
      Optional<LogRegion> region = log.readRegion(offset, 50_000);
      if (region.isPresent()) {
        try (LogRegion held = region.get()) {
          byte[] first = bytes(held);
          collect(new RecordBatches(ByteBuffer.wrap(first)), 0, new HashMap<>());
          Thread.yield();
          assertThat(bytes(held)).isEqualTo(first);
        }
      }
    }
    return null;
  }

  private Void closeIdleFiles(PartitionLog log) {
    while (!isDone.get()) {
      log.closeIdleFiles();
      Thread.yield();
    }
    return null;
  }

  private static byte[] bytes(LogRegion region) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WritableByteChannel target = Channels.newChannel(bytes);
    while (bytes.size() < region.sizeBytes()) {
      assertThat(region.transferTo(target, bytes.size())).isPositive();
    }
    return bytes.toByteArray();
  }

  private PartitionLog open() {
    Compaction compaction =
        new Compaction(0.2, Duration.ZERO, Duration.ofDays(40_000), Duration.ofDays(1));
    PartitionSettings settings =
        PartitionSettings.DEFAULT
            .withSegments(10_000, Duration.ofDays(1))
            .withCompaction(compaction);
    return PartitionLog.open(services, "t-0", directory, settings);
  }
}
