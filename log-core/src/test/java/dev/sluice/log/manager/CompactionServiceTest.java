package dev.sluice.log.manager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompactionServiceTest {

  private static final Path DIRECTORY = Path.of("/data");
  private static final PartitionSettings SETTINGS =
      PartitionSettings.DEFAULT
          .withSegments(1_000, Duration.ofDays(1))
          .withCompaction(
              new Compaction(0.1, Duration.ZERO, Duration.ofDays(40_000), Duration.ofDays(1)));

  private final FaultyStorage storage = new FaultyStorage(1);
  private final FlushService flusher = new FlushService(1, 64 << 20);
  private final List<String> compacted = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final CountDownLatch twoAreCompacted = new CountDownLatch(2);
  private final LogMetrics metrics =
      new LogMetrics() {
        @Override
        public void compacted(String partition, long bytesBefore, long bytesAfter, long millis) {
          compacted.add(partition);
          twoAreCompacted.countDown();
        }

        @Override
        public void failed(String partition, Code code) {
          failed.add(partition + " " + code);
        }
      };
  private final LogServices services =
      new LogServices(storage, flusher, Clock.systemUTC(), metrics);

  @AfterEach
  void stopFlusher() {
    flusher.close();
  }

  @Test
  void compactsTheDirtiestFirstAndLeavesTheOthers() {
    try (LogManager manager = LogManager.open(services, DIRECTORY)) {
      PartitionLog half = manager.open(new PartitionId("half", 0), SETTINGS);
      PartitionLog all = manager.open(new PartitionId("all", 0), SETTINGS);
      PartitionLog plain = manager.open(new PartitionId("plain", 0), SETTINGS.withCompaction(null));
      fill(half, true);
      manager.compact();
      fill(half, false);
      fill(all, false);
      fill(plain, false);
      long plainBytes = plain.sizeBytes();
      manager.compact();
      assertThat(compacted).containsExactly("half-0", "all-0", "half-0");
      assertThat(plain.sizeBytes()).isEqualTo(plainBytes);
      manager.compact();
      assertThat(compacted).hasSize(3);
    }
  }

  @Test
  void goesOnBehindADamagedPartitionAndReportsItOnce() {
    try (LogManager manager = LogManager.open(services, DIRECTORY)) {
      PartitionLog damaged = manager.open(new PartitionId("a", 0), SETTINGS);
      PartitionLog sound = manager.open(new PartitionId("b", 0), SETTINGS);
      fill(damaged, false);
      fill(sound, false);
      storage.rot(DIRECTORY.resolve("a-0/00000000000000000000.log"), 70, 1);
      manager.compact();
      manager.compact();
      assertThat(failed).containsExactly("a-0 CORRUPT");
      assertThat(compacted).containsExactly("b-0");
    }
  }

  @Test
  void worksOnAThreadOfItsOwnUntilItIsClosed() throws Exception {
    try (ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        LogManager manager = LogManager.open(services, DIRECTORY)) {
      fill(manager.open(new PartitionId("a", 0), SETTINGS), false);
      fill(manager.open(new PartitionId("b", 0), SETTINGS), false);
      manager.startMaintenance(scheduler, Duration.ofMillis(1));
      assertThat(twoAreCompacted.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void fill(PartitionLog log, boolean hasManyKeys) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (int i = 0; i < 60; i++) {
      builder.reset();
      builder.append(1, ("key" + (hasManyKeys ? i : 0)).getBytes(UTF_8), new byte[50]);
      AppendResult unused = log.append(builder).join();
    }
  }
}
