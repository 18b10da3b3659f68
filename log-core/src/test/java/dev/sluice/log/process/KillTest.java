package dev.sluice.log.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.manager.LogManager;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.ReadResult;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that appends from many threads, and holds: what it had written to its pipe as
 * acknowledged is there, once, at its offset, unchanged.
 */
class KillTest {

  private static final int ROUNDS = Boolean.getBoolean("long") ? 50 : 2;
  private static final long SEED = Long.getLong("seed", 20261120);
  private static final int MAX_LINES = 20_000;

  @TempDir Path directory;
  private final Map<String, String> acknowledged = new HashMap<>();
  private final Random random = new Random(SEED);
  private int unacknowledged;

  @Test
  void keepsWhatWasAcknowledgedBeforeTheKill() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      appendUntilKilled("r" + round);
      check("round " + round);
    }
    System.out.println(
        "kill -9, log-core: seed="
            + SEED
            + ", rounds="
            + ROUNDS
            + ", acknowledged="
            + acknowledged.size()
            + ", missing=0, kept though not acknowledged="
            + unacknowledged);
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * 100);
  }

  /** Lets the process live until it has acknowledged some number of records. */
  private void appendUntilKilled(String round) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                directory.toString(),
                round)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int life = 200 + random.nextInt(MAX_LINES);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (int i = 0; i < life; i++) {
        note(lines.readLine());
      }
      // Not through the process itself, which would close its pipe.
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      // What is in the pipe still was acknowledged; its last line may be cut off.
      String last = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (last != null) {
          note(last);
        }
        last = line;
      }
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
  }

  private void note(String line) {
    int place = line.lastIndexOf(' ');
    String known = acknowledged.put(line.substring(0, place), line.substring(place + 1));
    assertThat(known).as("%s was acknowledged twice", line).isNull();
  }

  private void check(String place) {
    try (FlushService flusher = new FlushService(1, 1 << 20);
        LogManager manager =
            LogManager.open(
                new LogServices(new DiskStorage(), flusher, Clock.systemUTC(), LogMetrics.NONE),
                directory)) {
      Map<String, String> found = new HashMap<>();
      for (int partition = 0; partition < AppendingProcess.PARTITIONS; partition++) {
        PartitionLog log = manager.open(AppendingProcess.id(partition), AppendingProcess.SETTINGS);
        readAll(log, partition, found);
      }
      Set<String> once = new HashSet<>(found.values());
      assertThat(once).as(place).hasSameSizeAs(found.keySet());
      acknowledged.forEach(
          (where, value) -> assertThat(found.get(where)).as(place + ", " + where).isEqualTo(value));
      unacknowledged = found.size() - acknowledged.size();
    }
  }

  private static void readAll(PartitionLog log, int partition, Map<String, String> found) {
    long offset = log.logStartOffset();
    while (offset < log.highWatermark()) {
      ReadResult result = log.read(offset, 1 << 20);
      for (RecordBatch batch : result.batches()) {
        for (LogRecord record : batch.records()) {
          assertThat(record.offset()).isEqualTo(offset++);
          String value = UTF_8.decode(record.value()).toString();
          found.put(partition + " " + record.offset(), value.substring(0, value.indexOf(' ')));
        }
      }
    }
  }
}
