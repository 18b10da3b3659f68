package dev.sluice.log.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.ManualClock;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.scrub.ScrubPlanner.Candidate;
import dev.sluice.log.segment.LogSegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScrubberTest {

  private static final Duration WEEK = Duration.ofDays(7);

  private final FaultyStorage storage = new FaultyStorage(1);
  private final ManualClock clock = new ManualClock();
  private final FlushService flusher = new FlushService(1, 64 << 20);
  private final List<String> rot = new ArrayList<>();
  private long scrubbed;
  private final LogMetrics metrics =
      new LogMetrics() {
        @Override
        public void scrubbed(long bytes) {
          scrubbed += bytes;
        }

        @Override
        public void rotFound(String partition) {
          rot.add(partition);
        }
      };
  private final PartitionLog log =
      PartitionLog.open(
          new LogServices(storage, flusher, clock, metrics),
          "t-0",
          Path.of("/data/t-0"),
          PartitionSettings.DEFAULT.withSegments(10_000, Duration.ofDays(1)));
  private final Scrubber scrubber = scrubber(ScrubSettings.DEFAULT);

  private Scrubber scrubber(ScrubSettings settings) {
    return new Scrubber(
        () -> log.sealedSegments().stream().map(s -> new Scrubber.Target("t-0", s)).toList(),
        settings,
        clock,
        new Random(1),
        metrics);
  }

  @AfterEach
  void close() {
    log.close();
    flusher.close();
  }

  @Test
  void readsEverySealedSegmentOnceARound() {
    append(50);
    long sealed = log.sealedSegments().stream().mapToLong(LogSegment::sizeBytes).sum();
    assertThat(sealed).isGreaterThan(30_000);

    round();
    assertThat(scrubbed).isEqualTo(sealed);
    clock.advance(WEEK.minusMillis(1));
    round();
    assertThat(scrubbed).isEqualTo(sealed);
    clock.advance(Duration.ofMillis(1));
    round();
    assertThat(scrubbed).isEqualTo(2 * sealed);
    assertThat(scrubber.damage()).isEmpty();
  }

  @Test
  void tellsOfRotOncePerPlaceAndGoesOn() {
    append(50);
    Path first = log.sealedSegments().getFirst().path();
    Path second = log.sealedSegments().get(1).path();
    int batch = log.read(0, 1).batches().getFirst().sizeBytes();
    storage.rot(first, batch + 100, 1);
    storage.rot(first, 3L * batch + 100, 1);
    storage.rot(second, 100, 1);

    round();
    assertThat(scrubber.damage())
        .extracting(Damage::file, Damage::position)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(first, (long) batch),
            org.assertj.core.groups.Tuple.tuple(first, 3L * batch),
            org.assertj.core.groups.Tuple.tuple(second, 0L));
    assertThat(scrubber.damage().getFirst().cure()).contains("backup");
    assertThat(rot).hasSize(3).containsOnly("t-0");
    clock.advance(WEEK);
    round();
    assertThat(rot).hasSize(3);
    // The partition stays online.
    append(1);
    assertThat(log.read(5, 1).batches()).hasSize(1);
  }

  @Test
  void forgetsDamageWithItsSegmentAndWhenItIsRepaired() {
    append(50);
    Path first = log.sealedSegments().getFirst().path();
    Path second = log.sealedSegments().get(1).path();
    storage.rot(first, 100, 1);
    storage.rot(second, 100, 1);
    round();
    assertThat(scrubber.damage()).hasSize(2);

    log.deleteBefore(log.sealedSegments().get(1).baseOffset());
    storage.rot(second, 100, 1);
    clock.advance(WEEK);
    round();
    assertThat(scrubber.damage()).isEmpty();
  }

  @Test
  void readErrorsAreDamageUntilTheyPass() {
    append(20);
    storage.failReads(1);
    round();
    assertThat(scrubber.damage())
        .singleElement()
        .satisfies(found -> assertThat(found.problem()).contains("can't be read"));
    clock.advance(WEEK);
    round();
    assertThat(scrubber.damage()).isEmpty();
  }

  @Test
  void waitsAsLongAsTheRateAsksFor() {
    append(12);
    long bytes = log.sealedSegments().getFirst().sizeBytes();
    Scrubber slow = scrubber(new ScrubSettings(bytes / 2, WEEK));
    assertThat(slow.step()).isBetween(Duration.ofMillis(1990), Duration.ofMillis(2010));
    assertThat(slow.step()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theOneNotLookedAtForLongestIsNext() {
    List<Candidate<String>> candidates =
        List.of(
            new Candidate<>("new", 9_000), new Candidate<>("old", 5), new Candidate<>("older", 3));
    assertThat(ScrubPlanner.next(candidates, 10_000, Duration.ofSeconds(1))).contains("older");
    assertThat(ScrubPlanner.next(candidates, 500, Duration.ofSeconds(1))).isEmpty();
    Optional<String> never =
        ScrubPlanner.next(
            List.of(new Candidate<>("old", 5), new Candidate<>("never", ScrubPlanner.NEVER)),
            0,
            WEEK);
    assertThat(never).contains("never");
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      RecordBatchBuilder builder = new RecordBatchBuilder();
      builder.append(1, null, new byte[1000]);
      var unused = log.append(builder).join();
    }
  }

  /** Steps until there is nothing to do. */
  private void round() {
    for (int i = 0; i < 1000; i++) {
      if (scrubber.step().compareTo(Duration.ofSeconds(30)) > 0) {
        return;
      }
    }
    throw new AssertionError("It never ends");
  }
}
