package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.check.Soundness;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Crashes at every call of the file system in turn while a log is appended to, rolled, compacted
 * and deleted from, and holds after each: of every key the latest acknowledged value is there, or a
 * later one that was offered; what is there is at the offset where it was appended; no deleted key
 * is back; offsets go on where they ended.
 */
class CompactionCrashTest {

  private static final int SEEDS = Boolean.getBoolean("long") ? 100 : 1;
  private static final Path DIRECTORY = Path.of("/data/t-0");
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final int KEYS = 8;

  /** Room for six keys: most compactions take several passes. */
  private static final long MAP_BYTES = 8 * 24;

  private final FlushService flusher = new FlushService(1, 64 << 20);
  private final ManualClock clock = new ManualClock();

  @AfterEach
  void stopFlusher() {
    flusher.close();
  }

  /** A value of a key, or its deletion. */
  private record Entry(String key, @Nullable String value) {}

  /** What was appended, by offset as far as that is known, and how far it was acknowledged. */
  private static final class History {
    final Map<Long, Entry> acknowledged = new TreeMap<>();
    final Map<String, List<Entry>> offered = new HashMap<>();
    long compactions;
    long deletedBefore;
    int number;
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void losesNoLatestValueWhereverItCrashes(Loss loss) {
    long crashes = 0;
    long compactions = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      boolean isDone = false;
      for (int crashAt = 1; !isDone; crashAt++) {
        History history = new History();
        isDone = !crashOnce(seed, crashAt, loss, history);
        compactions += history.compactions;
        crashes++;
      }
    }
    System.out.println(
        loss
            + ": "
            + crashes
            + " crash points, "
            + compactions
            + " compactions, seeds to "
            + SEEDS);
    assertThat(crashes).isGreaterThan(500);
    assertThat(compactions).isGreaterThan(crashes);
  }

  /** False if the work was done before the crash was due. */
  private boolean crashOnce(int seed, int crashAt, Loss loss, History history) {
    FaultyStorage storage = new FaultyStorage(seed * 1_000_003L + crashAt);
    String place = "seed " + seed + ", crash at " + crashAt + ", loss " + loss;
    storage.crashAfter(crashAt, loss);
    work(storage, history, new Random(seed), place);
    boolean hasCrashed = storage.isCrashed();
    // A second crash while the first is recovered from, then the last word.
    storage.restart(loss);
    storage.crashAfter(1 + crashAt % 23, loss);
    work(storage, history, new Random(seed + 1L), place);
    storage.restart(loss);
    if (storage.hasDirectory(DIRECTORY)) {
      Soundness.assertSound(storage, DIRECTORY); // As the crash leaves it.
    }
    try (PartitionLog log = open(storage)) {
      check(log, history, place);
      clock.advance(GRACE.multipliedBy(2));
      compact(log, history);
      check(log, history, place + ", compacted");
    } catch (StorageException e) {
      throw new AssertionError(place, e);
    }
    Soundness.assertSound(storage, DIRECTORY);
    return hasCrashed;
  }

  private void work(FaultyStorage storage, History history, Random random, String place) {
    try (PartitionLog log = open(storage)) {
      check(log, history, place);
      for (int i = 0; i < 24; i++) {
        append(log, history, random);
        clock.advance(GRACE.dividedBy(3));
        if (i % 6 == 5) {
          compact(log, history);
        }
        if (i % 11 == 10) {
          long offset = log.logStartOffset() + random.nextInt(4);
          history.deletedBefore = Math.max(history.deletedBefore, offset);
          log.deleteBefore(offset);
        }
        if (i % 7 == 3) {
          log.checkpoint();
        }
      }
    } catch (StorageException | CompletionException e) {
      assertThat(storage.isCrashed()).as(place + ": " + e).isTrue();
    }
  }

  private static void compact(PartitionLog log, History history) {
    if (log.compact(MAP_BYTES, () -> false).isPresent()) {
      history.compactions++;
    }
  }

  private void append(PartitionLog log, History history, Random random) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    List<CompletableFuture<AppendResult>> futures = new ArrayList<>();
    List<List<Entry>> batches = new ArrayList<>();
    for (int j = random.nextInt(3); j >= 0; j--) {
      builder.reset();
      List<Entry> batch = new ArrayList<>();
      for (int k = random.nextInt(4); k >= 0; k--) {
        String key = "key" + random.nextInt(KEYS);
        boolean isTombstone = random.nextInt(4) == 0;
        String value =
            isTombstone ? null : history.number++ + ":" + "x".repeat(random.nextInt(300));
        Entry entry = new Entry(key, value);
        batch.add(entry);
        history.offered.computeIfAbsent(key, unused -> new ArrayList<>()).add(entry);
        builder.append(
            clock.millis(), key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
      }
      batches.add(batch);
      futures.add(log.append(builder));
    }
    for (int j = 0; j < futures.size(); j++) {
      long offset = futures.get(j).join().baseOffset();
      for (Entry entry : batches.get(j)) {
        history.acknowledged.put(offset++, entry);
      }
    }
  }

  private static void check(PartitionLog log, History history, String place) {
    assertThat(log.logStartOffset()).as(place).isLessThanOrEqualTo(history.deletedBefore);
    Map<Long, Entry> found = readAll(log);
    Map<String, Long> latest = new HashMap<>();
    history.acknowledged.forEach((offset, entry) -> latest.put(entry.key(), offset));
    long end =
        history.acknowledged.keySet().stream().mapToLong(offset -> offset + 1).max().orElse(0);
    assertThat(log.highWatermark()).as(place).isGreaterThanOrEqualTo(end);
    Map<String, Long> latestFound = new HashMap<>();
    found.forEach(
        (offset, entry) -> {
          latestFound.put(entry.key(), offset);
          Entry acknowledged = history.acknowledged.get(offset);
          if (acknowledged != null) {
            assertThat(entry).as(place + ", offset " + offset).isEqualTo(acknowledged);
          } else {
            assertThat(history.offered.get(entry.key())).as(place).contains(entry);
          }
        });
    latest.forEach(
        (key, offset) -> {
          Long there = latestFound.get(key);
          boolean mayBeGone =
              offset < history.deletedBefore
                  || Objects.requireNonNull(history.acknowledged.get(offset)).value() == null;
          if (there == null) {
            assertThat(mayBeGone).as(place + ", " + key + " at " + offset).isTrue();
          } else if (offset >= history.deletedBefore) {
            assertThat(there).as(place + ", " + key).isGreaterThanOrEqualTo(offset);
          }
        });
  }

  private static Map<Long, Entry> readAll(PartitionLog log) {
    Map<Long, Entry> found = new TreeMap<>();
    long offset = log.logStartOffset();
    while (offset < log.highWatermark()) {
      ReadResult result = log.read(offset, 1_000);
      assertThat(result.batches()).isNotEmpty();
      for (RecordBatch batch : result.batches()) {
        for (LogRecord record : batch.records()) {
          if (record.offset() >= offset) {
            byte[] value = record.valueBytes();
            Entry entry =
                new Entry(
                    new String(record.keyBytes(), UTF_8),
                    value == null ? null : new String(value, UTF_8));
            assertThat(found.put(record.offset(), entry)).isNull();
          }
        }
      }
      offset = result.nextOffset();
    }
    return found;
  }

  private PartitionLog open(FaultyStorage storage) {
    LogServices services = new LogServices(storage, flusher, clock, LogMetrics.NONE);
    Compaction compaction = new Compaction(0, Duration.ZERO, Duration.ofDays(40_000), GRACE);
    return PartitionLog.open(
        services,
        "t-0",
        DIRECTORY,
        PartitionSettings.DEFAULT
            .withSegments(1_500, Duration.ofDays(1))
            .withCompaction(compaction));
  }
}
