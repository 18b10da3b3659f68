package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.record.RecordBatchBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeLookupTest {

  private static final int SEEDS = Boolean.getBoolean("long") ? 500 : 30;

  @Test
  void findsWhatALinearScanFinds() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      try (TestLog test = new TestLog(seed)) {
        compare(test, new Random(seed), "seed " + seed);
      }
    }
  }

  private static void compare(TestLog test, Random random, String place) {
    PartitionLog log = test.open();
    List<Long> times = new ArrayList<>();
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (int i = random.nextInt(60); i >= 0; i--) {
      builder.reset();
      for (int j = random.nextInt(4); j >= 0; j--) {
        long time = 1000 + random.nextInt(50);
        times.add(time);
        builder.append(time, null, "x".repeat(random.nextInt(900)).getBytes(UTF_8));
      }
      log.append(builder).join();
    }
    int start = random.nextInt(times.size());
    log.deleteBefore(start);
    int visible = times.size();
    if (random.nextBoolean()) {
      log.replica().limitHighWatermark(start + random.nextInt(times.size() - start + 1));
      visible = (int) log.highWatermark();
    }
    for (long time = 998; time < 1052; time++) {
      assertThat(log.offsetForTimestamp(time))
          .as(place + ", time " + time)
          .isEqualTo(firstFrom(times, start, visibleEnd(log, visible), time));
    }
    long max = times.subList(start, visible).stream().mapToLong(t -> t).max().orElse(-1);
    if (visibleEnd(log, visible) == visible) {
      assertThat(log.maxTimestamp())
          .as(place)
          .isEqualTo(max < 0 ? Optional.empty() : firstFrom(times, start, visible, max));
    }
  }

  /** A batch shows as a whole or not at all. */
  private static int visibleEnd(PartitionLog log, int visible) {
    long end = log.logStartOffset();
    while (true) {
      ReadResult result = log.read(end, 1);
      if (result.batches().isEmpty()) {
        return (int) Math.min(end, visible);
      }
      end = result.nextOffset();
    }
  }

  private static Optional<TimestampedOffset> firstFrom(
      List<Long> times, int from, int to, long timestamp) {
    for (int i = from; i < to; i++) {
      if (times.get(i) >= timestamp) {
        return Optional.of(new TimestampedOffset(i, times.get(i)));
      }
    }
    return Optional.empty();
  }
}
