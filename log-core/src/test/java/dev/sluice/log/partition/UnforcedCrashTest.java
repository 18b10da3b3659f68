package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.check.Soundness;
import dev.sluice.log.flush.FlushPolicy;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Crashes at every call of the file system in turn while appends are acknowledged before they are
 * durable, and segments sealed before they are forced. Holds after each: the log opens; what is
 * there is a beginning of what was appended, without a gap, each record at its offset; it reaches
 * at least as far as was forced on demand, or acknowledged under {@code flush: ack}; the checker
 * finds nothing wrong with what the crash has left.
 */
class UnforcedCrashTest {

  private static final int SEEDS = Boolean.getBoolean("long") ? 60 : 1;
  private static final Path DIRECTORY = Path.of("/data/t-0");
  private static final FlushPolicy INTERVAL = FlushPolicy.every(Duration.ofMillis(1));
  private static final FlushPolicy[] POLICIES = {FlushPolicy.OS, INTERVAL, FlushPolicy.ACK};

  private final ManualClock clock = new ManualClock();
  private final FlushService flusher = new FlushService(2, 64 << 20);

  @AfterEach
  void stopFlusher() {
    flusher.close();
  }

  /** What should be there: the value at each offset, as far as it is known to be. */
  private static final class History {
    final List<String> appended = new ArrayList<>();
    long durable;
    long start;
    long rolls;
    FlushPolicy policy = FlushPolicy.OS;
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aLogThatIsNotForcedEndsEarlierButWhole(Loss loss) {
    long crashes = 0;
    long rolls = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      boolean isDone = false;
      for (int crashAt = 1; !isDone; crashAt++) {
        History history = new History();
        isDone = !crashOnce(seed, crashAt, loss, history);
        rolls += history.rolls;
        crashes++;
      }
    }
    System.out.println(loss + ": " + crashes + " crash points, " + rolls + " rolls");
    assertThat(crashes).isGreaterThan(100);
    assertThat(rolls).isGreaterThan(crashes);
  }

  @Test
  void aKilledProcessLosesNothing() {
    FaultyStorage storage = new FaultyStorage(1);
    History history = new History();
    try (PartitionLog log = open(storage, FlushPolicy.OS)) {
      for (int i = 0; i < 60; i++) {
        append(log, history, new Random(i));
      }
      assertThat(history.rolls).isGreaterThan(10);
      storage.crashAfter(1, Loss.NONE);
    }
    storage.restart(Loss.NONE);
    check(storage, history, history.appended.size(), "killed");
  }

  /** False if the work was done before the crash was due. */
  private boolean crashOnce(int seed, int crashAt, Loss loss, History history) {
    FaultyStorage storage = new FaultyStorage(seed * 1_000_003L + crashAt);
    String place = "seed " + seed + ", crash at " + crashAt + ", loss " + loss;
    storage.crashAfter(crashAt, loss);
    work(storage, history, new Random(seed));
    boolean hasCrashed = storage.isCrashed();
    storage.restart(loss);
    // A second crash, mostly during recovery.
    storage.crashAfter(1 + crashAt % 11, loss);
    recover(storage);
    storage.restart(loss);
    check(storage, history, history.durable, place);
    storage.crashAfter(1 + crashAt % 31, loss);
    work(storage, history, new Random(seed + 1L));
    storage.restart(loss);
    check(storage, history, history.durable, place + ", again");
    return hasCrashed;
  }

  private void recover(FaultyStorage storage) {
    try (PartitionLog log = open(storage, FlushPolicy.OS)) {
      assertThat(log.unavailable()).isEmpty();
    } catch (StorageException e) {
      assertThat(storage.isCrashed()).as(e.toString()).isTrue();
    }
  }

  private void work(FaultyStorage storage, History history, Random random) {
    history.policy = POLICIES[random.nextInt(2)];
    try (PartitionLog log = open(storage, history.policy)) {
      for (int i = 0; i < 60; i++) {
        append(log, history, random);
        step(log, history, i, random);
      }
    } catch (StorageException | CompletionException e) {
      assertThat(storage.isCrashed()).as(e.toString()).isTrue();
    }
  }

  private static void step(PartitionLog log, History history, int i, Random random) {
    if (i % 23 == 22) {
      log.checkpoint();
      history.durable = history.appended.size();
    }
    if (i % 19 == 18) {
      history.start = Math.max(history.start, log.logEndOffset() - random.nextInt(20));
      log.deleteBefore(Math.max(log.logStartOffset(), history.start));
    }
    if (i % 17 == 16) {
      history.policy = POLICIES[random.nextInt(POLICIES.length)];
      log.update(settings(history.policy));
    }
    if (i == 40) {
      long end = log.logEndOffset() - random.nextInt(10);
      if (end > log.logStartOffset()) {
        history.durable = Math.min(history.durable, end);
        log.replica().truncateTo(end);
        while (history.appended.size() > log.logEndOffset()) {
          history.appended.removeLast();
        }
        history.durable = history.appended.size();
      }
    }
  }

  private void append(PartitionLog log, History history, Random random) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    int before = history.appended.size();
    for (int k = random.nextInt(4); k >= 0; k--) {
      String value = random.nextLong() + "x".repeat(random.nextInt(3000));
      history.appended.add(value);
      builder.append(clock.millis(), null, value.getBytes(UTF_8));
    }
    int segments = log.sealedSegments().size();
    AppendResult result = log.append(builder).join();
    assertThat(result.baseOffset()).isEqualTo(before);
    history.rolls += log.sealedSegments().size() > segments ? 1 : 0;
    if (history.policy == FlushPolicy.ACK) {
      history.durable = history.appended.size();
    }
  }

  private void check(FaultyStorage storage, History history, long atLeast, String place) {
    if (storage.hasDirectory(DIRECTORY)) {
      Soundness.assertSound(storage, DIRECTORY); // As a crash leaves it, without a recovery yet.
    }
    try (PartitionLog log = open(storage, FlushPolicy.OS)) {
      long end = log.highWatermark();
      assertThat(end).as(place).isBetween(atLeast, (long) history.appended.size());
      List<String> found = TestLog.values(log);
      List<String> expected = history.appended.subList((int) log.logStartOffset(), (int) end);
      assertThat(found.equals(expected)).as(place + ": " + found.size() + " records").isTrue();
      history.appended.subList((int) end, history.appended.size()).clear();
      history.durable = end;
    } catch (StorageException e) {
      throw new AssertionError(place, e);
    }
    Soundness.assertFlawless(storage, DIRECTORY);
  }

  private PartitionLog open(FaultyStorage storage, FlushPolicy policy) {
    LogServices services = new LogServices(storage, flusher, clock, LogMetrics.NONE);
    return PartitionLog.open(services, "t-0", DIRECTORY, settings(policy));
  }

  private static PartitionSettings settings(FlushPolicy policy) {
    return PartitionSettings.DEFAULT.withSegments(9_000, Duration.ofDays(1)).withFlush(policy);
  }
}
