package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.check.Soundness;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.retention.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Crashes at every call of the file system in turn, during a life of appends, rolls, checkpoints,
 * deletions, retention and new settings, and holds after each: whatever was acknowledged is there
 * once, at its offset, unchanged; nothing else than what was appended is there; the checker finds
 * what the crash has left sound, and what a clean stop leaves flawless.
 */
class CrashTest {

  private static final int SEEDS = Boolean.getBoolean("long") ? 200 : 2;
  private static final Path DIRECTORY = Path.of("/data/t-0");

  private static final Duration RETENTION = Duration.ofHours(1);

  private final ManualClock clock = new ManualClock();
  private final FlushService flusher = new FlushService(1, 64 << 20);

  @AfterEach
  void stopFlusher() {
    flusher.close();
  }

  /** What one life of the process appended, by offset, and what of it was acknowledged. */
  private static final class History {
    final Set<String> offered = new HashSet<>();
    final Map<Long, String> acknowledged = new TreeMap<>();
    long deletedBefore;
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void losesNothingAcknowledgedWhereverItCrashes(Loss loss) {
    long crashes = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      crashes += crashEverywhere(seed, loss, false);
    }
    System.out.println(loss + ": " + crashes + " crash points, seeds 1 to " + SEEDS);
    assertThat(crashes).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void losesNothingWhereverItCrashesInCallsThatChangeNothing(Loss loss) {
    long crashes = 0;
    int seeds = Math.max(1, SEEDS / 4);
    for (int seed = 1; seed <= seeds; seed++) {
      crashes += crashEverywhere(seed, loss, true);
    }
    System.out.println(
        loss + ": " + crashes + " crash points in calls of every kind, seeds 1 to " + seeds);
    assertThat(crashes).isGreaterThan(200);
  }

  private long crashEverywhere(int seed, Loss loss, boolean isEveryCall) {
    long crashes = 0;
    boolean isDone = false;
    for (int crashAt = 1; !isDone; crashAt++) {
      isDone = !crashOnce(seed, crashAt, loss, isEveryCall);
      crashes++;
    }
    return crashes;
  }

  /** False if the work was done before the crash was due. */
  private boolean crashOnce(int seed, int crashAt, Loss loss, boolean isEveryCall) {
    FaultyStorage storage = new FaultyStorage(seed * 1_000_003L + crashAt);
    storage.countEveryCall(isEveryCall);
    History history = new History();
    String place = "seed " + seed + ", crash at " + crashAt + ", loss " + loss;
    storage.crashAfter(crashAt, loss);
    work(storage, history, new Random(seed));
    boolean hasCrashed = storage.isCrashed();
    // A second crash during recovery, then the last word.
    storage.restart(loss);
    storage.crashAfter(1 + crashAt % 7, loss);
    work(storage, history, new Random(seed + 1L));
    storage.restart(loss);
    try {
      check(storage, history, place);
    } catch (StorageException e) {
      throw new AssertionError(place, e);
    }
    return hasCrashed;
  }

  private void work(FaultyStorage storage, History history, Random random) {
    LogServices services = new LogServices(storage, flusher, clock, LogMetrics.NONE);
    try (PartitionLog log = PartitionLog.open(services, "t-0", DIRECTORY, settings())) {
      RecordBatchBuilder builder = new RecordBatchBuilder();
      for (int i = 0; i < 25; i++) {
        List<CompletableFuture<AppendResult>> futures = new ArrayList<>();
        List<List<String>> batches = new ArrayList<>();
        for (int j = random.nextInt(3); j >= 0; j--) {
          List<String> values = append(log, builder, random, futures);
          history.offered.addAll(values);
          batches.add(values);
        }
        for (int j = 0; j < futures.size(); j++) {
          acknowledge(history, futures.get(j), batches.get(j));
        }
        if (i % 10 == 9) {
          long offset = log.logStartOffset() + random.nextInt(10);
          history.deletedBefore = Math.max(history.deletedBefore, offset);
          log.deleteBefore(offset);
        }
        if (i % 7 == 3) {
          log.checkpoint();
        }
        if (i % 6 == 2) {
          log.update(settings().withSegments(30_000 + random.nextInt(50_000), Duration.ofDays(1)));
        }
        if (i == 13) {
          history.deletedBefore = Math.max(history.deletedBefore, log.logEndOffset());
          clock.advance(RETENTION.plusMinutes(1));
          log.retain();
          log.closeIdleFiles();
        }
      }
    } catch (StorageException | CompletionException e) {
      assertThat(storage.isCrashed()).as(e.toString()).isTrue();
    }
  }

  private List<String> append(
      PartitionLog log,
      RecordBatchBuilder builder,
      Random random,
      List<CompletableFuture<AppendResult>> futures) {
    List<String> values = new ArrayList<>();
    builder.reset();
    for (int k = random.nextInt(4); k >= 0; k--) {
      String value = random.nextLong() + "x".repeat(random.nextInt(6000));
      values.add(value);
      builder.append(clock.millis() - random.nextInt(1000), null, value.getBytes(UTF_8));
    }
    futures.add(log.append(builder));
    return values;
  }

  private static void acknowledge(
      History history, CompletableFuture<AppendResult> future, List<String> values) {
    long offset = future.join().baseOffset();
    for (String value : values) {
      history.acknowledged.put(offset++, value);
    }
  }

  private void check(FaultyStorage storage, History history, String place) {
    if (storage.hasDirectory(DIRECTORY)) {
      Soundness.assertSound(storage, DIRECTORY); // As a crash leaves it, without a recovery yet.
    }
    LogServices services = new LogServices(storage, flusher, clock, LogMetrics.NONE);
    try (PartitionLog log = PartitionLog.open(services, "t-0", DIRECTORY, settings())) {
      assertThat(log.logStartOffset()).as(place).isLessThanOrEqualTo(history.deletedBefore);
      Map<Long, String> found = readAll(log);
      history.acknowledged.forEach(
          (offset, value) -> {
            if (offset >= history.deletedBefore) {
              assertThat(found.get(offset)).as(place + ", offset " + offset).isEqualTo(value);
            }
          });
      assertThat(history.offered).as(place).containsAll(found.values());
      assertThat(found.values()).as(place).doesNotHaveDuplicates();
    }
    Soundness.assertFlawless(storage, DIRECTORY);
  }

  private static Map<Long, String> readAll(PartitionLog log) {
    Map<Long, String> found = new TreeMap<>();
    long offset = log.logStartOffset();
    while (offset < log.highWatermark()) {
      ReadResult result = log.read(offset, 10_000);
      for (RecordBatch batch : result.batches()) {
        for (LogRecord record : batch.records()) {
          if (record.offset() >= offset) {
            found.put(record.offset(), new String(record.valueBytes(), UTF_8));
          }
        }
      }
      offset = result.nextOffset();
    }
    return found;
  }

  private static PartitionSettings settings() {
    return PartitionSettings.DEFAULT
        .withSegments(60_000, Duration.ofDays(1))
        .withRetention(new Retention(RETENTION, null));
  }
}
