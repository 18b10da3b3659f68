package dev.sluice.log.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compaction of generated histories against a plain map. */
class CompactionPropertyTest {

  private static final int SEEDS = Boolean.getBoolean("long") ? 20_000 : 300;

  @Test
  void leavesExactlyTheLatestOfEachKeyAndTouchesNothingElse() throws Exception {
    long first = Long.getLong("seed", 1);
    System.out.println("Compaction of generated histories: seeds from " + first + ", " + SEEDS);
    int passes = 0;
    for (long seed = first; seed < first + SEEDS; seed++) {
      try {
        passes += compactWhileItGrows(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    // Some maps were too small for one pass.
    assertThat(passes).isGreaterThan(4 * SEEDS);
  }

  private static int compactWhileItGrows(Random random) throws Exception {
    GeneratedLog log = new GeneratedLog(random);
    CompactedSegments segments = new CompactedSegments(random);
    int passes = 0;
    for (int round = 0; round < 3; round++) {
      segments.append(log.grow(20 + random.nextInt(60)));
      segments.seal();
      log.letTimePass(random.nextInt(3) * GeneratedLog.GRACE.toMillis() / 2);
      passes += segments.compact(log);
      log.compactedUpTo(segments.cleanOffset());
      log.check(segments.batches());
      segments.reopen();
      log.check(segments.batches());
    }
    byte[] before = segments.bytes();
    passes += segments.compact(log);
    assertThat(segments.bytes()).as("compacted again").isEqualTo(before);
    return passes;
  }
}
