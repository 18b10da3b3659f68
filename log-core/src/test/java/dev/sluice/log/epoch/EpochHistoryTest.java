package dev.sluice.log.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.server.util.Scheduler;
import org.apache.kafka.storage.internals.checkpoint.LeaderEpochCheckpointFile;
import org.apache.kafka.storage.internals.epoch.LeaderEpochFileCache;
import org.apache.kafka.storage.internals.log.EpochEntry;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochHistoryTest {

  private static final int HISTORIES = Boolean.getBoolean("long") ? 5_000 : 300;
  private static final int STEPS = 30;
  private static final long FIRST_SEED = 20_260_301;

  private static final EpochHistory HISTORY =
      new EpochHistory(
          List.of(new EpochStart(2, 10), new EpochStart(3, 20), new EpochStart(6, 35)));

  @TempDir Path directory;

  @Test
  void anEpochEndsWhereTheNextBegins() {
    assertThat(HISTORY.endOffsetFor(2, 50)).isEqualTo(new EpochEnd(2, 20));
    assertThat(HISTORY.endOffsetFor(3, 50)).isEqualTo(new EpochEnd(3, 35));
    assertThat(HISTORY.endOffsetFor(6, 50)).isEqualTo(new EpochEnd(6, 50));
  }

  @Test
  void ofAnUnknownEpochTheOneBeforeItCounts() {
    assertThat(HISTORY.endOffsetFor(5, 50)).isEqualTo(new EpochEnd(3, 35));
    assertThat(HISTORY.endOffsetFor(1, 50)).isEqualTo(new EpochEnd(1, 10));
    assertThat(HISTORY.endOffsetFor(7, 50)).isEqualTo(EpochEnd.UNDEFINED);
    assertThat(HISTORY.endOffsetFor(-1, 50)).isEqualTo(EpochEnd.UNDEFINED);
  }

  @Test
  void knowsTheEpochOfAnOffset() {
    assertThat(HISTORY.epochForOffset(9)).isEqualTo(OptionalInt.empty());
    assertThat(HISTORY.epochForOffset(10)).hasValue(2);
    assertThat(HISTORY.epochForOffset(34)).hasValue(3);
    assertThat(HISTORY.epochForOffset(1_000)).hasValue(6);
  }

  @Test
  void aNewEpochReplacesWhatContradictsIt() {
    assertThat(HISTORY.with(new EpochStart(7, 30)).starts())
        .containsExactly(new EpochStart(2, 10), new EpochStart(3, 20), new EpochStart(7, 30));
    assertThat(HISTORY.with(new EpochStart(7, 35)).starts())
        .containsExactly(new EpochStart(2, 10), new EpochStart(3, 20), new EpochStart(7, 35));
    assertThat(HISTORY.with(new EpochStart(6, 40))).isSameAs(HISTORY);
  }

  @Test
  void forgetsTheOldestBeyondItsBound() {
    List<EpochStart> many =
        IntStream.range(0, EpochHistory.MAX_EPOCHS)
            .mapToObj(epoch -> new EpochStart(epoch, epoch))
            .toList();

    EpochHistory full =
        new EpochHistory(many).with(new EpochStart(EpochHistory.MAX_EPOCHS, 60_000));

    assertThat(full.starts()).hasSize(EpochHistory.MAX_EPOCHS);
    assertThat(full.starts().getFirst()).isEqualTo(new EpochStart(1, 1));
  }

  @Test
  void cantDescend() {
    List<EpochStart> sameOffset = List.of(new EpochStart(1, 5), new EpochStart(2, 5));
    List<EpochStart> sameEpoch = List.of(new EpochStart(1, 5), new EpochStart(1, 6));

    assertThatThrownBy(() -> new EpochHistory(sameOffset))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EpochHistory(sameEpoch))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void agreesWithKafkasCache() throws IOException {
    System.out.println(
        "EpochHistoryTest: seeds " + FIRST_SEED + " to " + (FIRST_SEED + HISTORIES - 1));
    for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
      Random random = new Random(seed);
      LeaderEpochFileCache kafkas = cache();
      EpochHistory ours = EpochHistory.EMPTY;
      for (int step = 0; step < STEPS; step++) {
        int epoch = random.nextInt(20);
        long offset = random.nextInt(100);
        switch (random.nextInt(8)) {
          case 0 -> {
            kafkas.truncateFromEndAsyncFlush(offset);
            ours = ours.before(offset);
          }
          case 1 -> {
            kafkas.truncateFromStartAsyncFlush(offset);
            ours = ours.from(offset);
          }
          default -> {
            // Mostly as a log grows, sometimes not.
            boolean isOdd = random.nextInt(4) == 0;
            int next = isOdd ? epoch : ours.latest().map(EpochStart::epoch).orElse(0) + epoch % 3;
            long start =
                isOdd ? offset : ours.latest().map(EpochStart::startOffset).orElse(0L) + offset % 9;
            kafkas.assign(next, start);
            ours = ours.with(new EpochStart(next, start));
          }
        }
        assertSame(ours, kafkas, "seed " + seed + ", step " + step);
      }
    }
  }

  private static void assertSame(EpochHistory ours, LeaderEpochFileCache kafkas, String place) {
    assertThat(ours.starts())
        .as(place)
        .isEqualTo(
            kafkas.epochEntries().stream()
                .map(entry -> new EpochStart(entry.epoch, entry.startOffset))
                .toList());
    for (int epoch = -1; epoch < 30; epoch++) {
      Map.Entry<Integer, Long> end = kafkas.endOffsetFor(epoch, 500);
      assertThat(ours.endOffsetFor(epoch, 500))
          .as(place)
          .isEqualTo(new EpochEnd(end.getKey(), end.getValue()));
    }
    for (long offset = 0; offset < 150; offset += 7) {
      assertThat(ours.epochForOffset(offset)).as(place).isEqualTo(kafkas.epochForOffset(offset));
    }
  }

  private LeaderEpochFileCache cache() throws IOException {
    return new LeaderEpochFileCache(
        new TopicPartition("t", 0),
        new NoFile(directory.resolve("leader-epoch-checkpoint").toFile()),
        new NoTasks());
  }

  /** Keeps nothing: a file that is forced at every step would take the test's time. */
  private static final class NoFile extends LeaderEpochCheckpointFile {

    NoFile(File file) throws IOException {
      super(file, new LogDirFailureChannel(1));
    }

    @Override
    public void write(Collection<EpochEntry> epochs) {}
  }

  /** Leaves undone what Kafka's cache would write later. */
  private static final class NoTasks implements Scheduler {

    @Override
    public void startup() {}

    @Override
    public void shutdown() {}

    @Override
    public @Nullable ScheduledFuture<?> schedule(
        String name, Runnable task, long delayMillis, long periodMillis) {
      return null;
    }

    @Override
    public void resizeThreadPool(int newSize) {}
  }
}
