package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.compaction.CompactionResult;
import dev.sluice.log.compaction.SegmentSwap;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.retention.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactionTest {

  private static final Path DIRECTORY = Path.of("/data/t-0");
  private static final Duration GRACE = Duration.ofHours(1);
  private static final long MAP_BYTES = 1 << 16;

  private final FaultyStorage storage = new FaultyStorage(1);
  private final ManualClock clock = new ManualClock();
  private final FlushService flusher = new FlushService(1, 64 << 20);
  private final AtomicLong bytesSaved = new AtomicLong();
  private final LogMetrics metrics =
      new LogMetrics() {
        @Override
        public void compacted(String partition, long bytesBefore, long bytesAfter, long millis) {
          bytesSaved.addAndGet(bytesBefore - bytesAfter);
        }
      };
  private final LogServices services = new LogServices(storage, flusher, clock, metrics);
  private PartitionSettings settings =
      PartitionSettings.DEFAULT
          .withSegments(2_000, Duration.ofDays(1))
          .withCompaction(new Compaction(0.1, Duration.ZERO, Duration.ofDays(40_000), GRACE));

  @AfterEach
  void stopFlusher() {
    flusher.close();
  }

  @Test
  void leavesTheLatestOfEachKeyAtItsOffsetAndSurvivesAReopening() {
    Map<Long, String> left;
    try (PartitionLog log = open()) {
      for (int i = 0; i < 100; i++) {
        put(log, "key" + i % 3, "value" + i);
      }
      CompactionResult result = compact(log);
      left = read(log);
      assertThat(left.values()).contains("value99", "value98", "value97").hasSizeLessThan(30);
      assertThat(result.removedRecords()).isEqualTo(100 - left.size());
      assertThat(bytesSaved.get()).isEqualTo(result.bytesBefore() - result.bytesAfter());
      left.forEach((offset, value) -> assertThat(value).isEqualTo("value" + offset));
      assertThat(log.logStartOffset()).isZero();
      assertThat(log.highWatermark()).isEqualTo(100);
      assertThat(log.compact(MAP_BYTES, () -> false)).isEmpty();
    }
    try (PartitionLog log = open()) {
      assertThat(read(log)).isEqualTo(left);
      assertThat(log.compact(MAP_BYTES, () -> false)).isEmpty();
    }
  }

  @Test
  void doesNothingWithoutTheSetting() {
    settings = settings.withCompaction(null);
    try (PartitionLog log = open()) {
      putMany(log, 100);
      assertThat(log.compactionDue()).isEmpty();
      assertThat(log.compact(MAP_BYTES, () -> false)).isEmpty();
    }
  }

  @Test
  void dropsATombstoneWhenItsGraceIsOverThoughNothingNewCame() {
    try (PartitionLog log = open()) {
      put(log, "gone", "value");
      put(log, "gone", null);
      putMany(log, 50);
      compact(log);
      assertThat(read(log)).containsEntry(1L, "null").doesNotContainKey(0L);
      clock.advance(GRACE.minusMillis(1));
      assertThat(log.compactionDue()).isEmpty();
      clock.advance(Duration.ofMillis(1));
      compact(log);
      assertThat(read(log)).doesNotContainKey(1L);
      clock.advance(GRACE);
      assertThat(log.compactionDue()).isEmpty();
    }
  }

  @Test
  void findsTimesInCompactedSegments() {
    try (PartitionLog log = open()) {
      for (int i = 0; i < 100; i++) {
        clock.advance(Duration.ofSeconds(1));
        put(log, i < 10 ? "once" + i : "key", "value" + i);
      }
      long start = clock.millis() - 99_000;
      compact(log);
      assertThat(log.offsetForTimestamp(start)).contains(new TimestampedOffset(0, start));
      assertThat(log.offsetForTimestamp(start + 5_500))
          .contains(new TimestampedOffset(6, start + 6_000));
      assertThat(log.offsetForTimestamp(start + 20_000).orElseThrow().offset()).isGreaterThan(60);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 300})
  void aFullDiskChangesNothingAndIsTriedAgainLater(int freeBytes) {
    try (PartitionLog log = open()) {
      for (int i = 0; i < 10; i++) {
        put(log, "once" + i, "v".repeat(150));
      }
      putMany(log, 100);
      Map<Long, String> before = read(log);
      storage.setCapacity(storage.usedBytes() + freeBytes);
      assertThatThrownBy(() -> log.compact(MAP_BYTES, () -> false))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.DISK_FULL));
      assertThat(read(log)).isEqualTo(before);
      assertThat(filesUnder(DIRECTORY.resolve(SegmentSwap.DIRECTORY))).isEmpty();
      storage.setCapacity(Long.MAX_VALUE);
      put(log, "key", "value");
      assertThat(log.compact(MAP_BYTES, () -> false)).isEmpty();
      clock.advance(Duration.ofMinutes(5));
      assertThat(compact(log).removedRecords()).isPositive();
    }
  }

  @Test
  void damageStopsItUntilTheReopeningAndNothingIsChanged() {
    try (PartitionLog log = open()) {
      putMany(log, 100);
      storage.rot(middleSegment(), 70, 1);
      long size = log.sizeBytes();
      assertThatThrownBy(() -> log.compact(MAP_BYTES, () -> false))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.CORRUPT))
          .hasMessageContaining(".log at byte ");
      assertThat(log.sizeBytes()).isEqualTo(size);
      clock.advance(Duration.ofDays(1));
      assertThat(log.compactionDue()).isEmpty();
      assertThat(log.append(record("key", "value")).join().baseOffset()).isEqualTo(100);
    }
  }

  @Test
  void stopsWhenAskedToAndGoesOnLater() {
    try (PartitionLog log = open()) {
      putMany(log, 100);
      Map<Long, String> before = read(log);
      AtomicLong batches = new AtomicLong();
      Optional<CompactionResult> stopped =
          log.compact(MAP_BYTES, () -> batches.incrementAndGet() > 100);
      assertThat(stopped.orElseThrow().isComplete()).isFalse();
      assertThat(before).containsAllEntriesOf(read(log));
      assertThat(read(log)).containsKeys(97L, 98L, 99L);
      assertThat(compact(log).isComplete()).isTrue();
    }
  }

  @Test
  void dropsItsWorkIfTheSegmentsWereDeletedMeanwhile() {
    try (PartitionLog log = open()) {
      putMany(log, 100);
      boolean[] isDeleted = {false};
      AtomicLong batches = new AtomicLong();
      Optional<CompactionResult> result =
          log.compact(
              MAP_BYTES,
              () -> {
                if (batches.incrementAndGet() > 100 && !isDeleted[0]) {
                  isDeleted[0] = true;
                  log.deleteBefore(60);
                }
                return false;
              });
      assertThat(result.orElseThrow().isComplete()).isFalse();
      assertThat(log.logStartOffset()).isEqualTo(60);
      assertThat(read(log)).hasSize(40);
      assertThat(compact(log).isComplete()).isTrue();
      assertThat(read(log)).containsEntry(99L, "value99").hasSizeLessThan(30);
    }
  }

  @Test
  void aCheckpointThatNamesAReplacedSegmentIsMovedFirst() {
    byte[] old;
    Path checkpoint = DIRECTORY.resolve("partition.checkpoint");
    try (PartitionLog log = open()) {
      putMany(log, 3);
      log.checkpoint();
      old = storage.bytes(checkpoint);
      putMany(log, 100);
    }
    storage.replace(checkpoint, old);
    Map<Long, String> left;
    try (PartitionLog log = open()) {
      compact(log);
      left = read(log);
      storage.restart(Loss.NONE);
    }
    try (PartitionLog log = open()) {
      assertThat(read(log)).isEqualTo(left);
      assertThat(log.highWatermark()).isEqualTo(103);
    }
  }

  @Test
  void theLastBatchStaysEmptySoThatTheEndIsKnownWithoutACheckpoint() {
    try (PartitionLog log = open()) {
      putMany(log, 100);
      put(log, "key0", null);
      clock.advance(Duration.ofDays(1));
      log.retain();
      compact(log);
      clock.advance(GRACE);
      compact(log);
      assertThat(read(log)).doesNotContainKey(100L).doesNotContainValue("value99");
      assertThat(log.read(100, 1).nextOffset()).isEqualTo(101);
      assertThat(log.readRegion(100, 1_000)).hasValueSatisfying(CompactionTest::close);
    }
    storage.replace(DIRECTORY.resolve("partition.checkpoint"), new byte[0]);
    try (PartitionLog log = open()) {
      assertThat(log.highWatermark()).isEqualTo(101);
    }
  }

  @Test
  void goesTogetherWithRetentionByTime() {
    settings = settings.withRetention(new Retention(Duration.ofMinutes(10), null));
    try (PartitionLog log = open()) {
      putMany(log, 50);
      clock.advance(Duration.ofMinutes(9));
      putMany(log, 50);
      compact(log);
      clock.advance(Duration.ofMinutes(2));
      log.retain();
      assertThat(read(log).values()).contains("value99").doesNotContain("value49");
    }
  }

  @Test
  void aGreatestLagSealsTheActiveSegmentAndMakesCompactionDue() {
    settings =
        settings.withCompaction(new Compaction(1, Duration.ZERO, Duration.ofMinutes(10), GRACE));
    try (PartitionLog log = open()) {
      put(log, "key", "a");
      put(log, "key", "b");
      clock.advance(Duration.ofMinutes(9));
      log.retain();
      assertThat(log.compactionDue()).isEmpty();
      clock.advance(Duration.ofMinutes(2));
      log.retain();
      compact(log);
      assertThat(read(log).values()).containsExactly("b");
    }
  }

  private CompactionResult compact(PartitionLog log) {
    return log.compact(MAP_BYTES, () -> false).orElseThrow();
  }

  private void putMany(PartitionLog log, int count) {
    for (int i = 0; i < count; i++) {
      long offset = log.logEndOffset();
      put(log, "key" + offset % 3, "value" + offset);
    }
  }

  private void put(PartitionLog log, String key, @Nullable String value) {
    AppendResult unused = log.append(record(key, value)).join();
  }

  private RecordBatchBuilder record(String key, @Nullable String value) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(
        clock.millis(), key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    return builder;
  }

  private static Map<Long, String> read(PartitionLog log) {
    Map<Long, String> found = new TreeMap<>();
    long offset = log.logStartOffset();
    while (offset < log.highWatermark()) {
      ReadResult result = log.read(offset, 700);
      for (RecordBatch batch : result.batches()) {
        for (LogRecord record : batch.records()) {
          byte[] value = record.valueBytes();
          found.put(record.offset(), value == null ? "null" : new String(value, UTF_8));
        }
      }
      offset = result.nextOffset();
    }
    return found;
  }

  /** The log file of a sealed segment in the middle. */
  private Path middleSegment() {
    List<String> logs =
        filesUnder(DIRECTORY).stream().filter(name -> name.endsWith(".log")).sorted().toList();
    return DIRECTORY.resolve(logs.get(logs.size() / 2));
  }

  private static void close(LogRegion region) {
    try {
      region.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> filesUnder(Path directory) {
    List<String> names = new ArrayList<>();
    try {
      if (storage.exists(directory)) {
        storage.list(directory).forEach(entry -> names.add(entry.name()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return names;
  }

  private PartitionLog open() {
    return PartitionLog.open(services, "t-0", DIRECTORY, settings);
  }
}
