package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.retention.Retention;
import java.nio.file.Path;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Appends, reads, rolls, deletions, truncations and retention that run at the same time give
 * results that they could have given one after the other. Segments hold three records, so that
 * nearly everything rolls. The log itself, used by one thread, is the specification.
 */
@Param(name = "offset", gen = IntGen.class, conf = "0:12")
@Param(name = "value", gen = IntGen.class, conf = "10:99")
public class LinearizabilityTest {

  private static final int SCENARIOS = Boolean.getBoolean("long") ? 300 : 15;
  private static final int RUNS = Boolean.getBoolean("long") ? 1_000 : 100;
  private static final FlushService FLUSHER = new FlushService(2, 1 << 20);
  private static final PartitionSettings SETTINGS =
      PartitionSettings.DEFAULT
          .withSegments(3 * 70, Duration.ofDays(1))
          .withRetention(new Retention(null, 6L * 70));

  private final PartitionLog log =
      PartitionLog.open(
          new LogServices(new FaultyStorage(1), FLUSHER, new ManualClock(), LogMetrics.NONE),
          "t-0",
          Path.of("/data/t-0"),
          SETTINGS);

  @Operation
  public long append(@Param(name = "value") int value) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(1, null, Integer.toString(value).getBytes(UTF_8));
    return log.append(builder).join().baseOffset();
  }

  @Operation
  public String read(@Param(name = "offset") int offset) {
    try {
      for (RecordBatch batch : log.read(offset, 1).batches()) {
        for (LogRecord record : batch.records()) {
          return record.offset() + "=" + UTF_8.decode(record.value());
        }
      }
      return "nothing yet";
    } catch (StorageException e) {
      return e.code().toString();
    }
  }

  @Operation
  public long end() {
    return log.highWatermark();
  }

  @Operation
  public long start() {
    return log.logStartOffset();
  }

  @Operation
  public String deleteBefore(@Param(name = "offset") int offset) {
    try {
      log.deleteBefore(offset);
      return "done";
    } catch (StorageException e) {
      return e.code().toString();
    }
  }

  @Operation
  public String truncateTo(@Param(name = "offset") int offset) {
    try {
      log.replica().truncateTo(offset);
      return "done";
    } catch (StorageException e) {
      return e.code().toString();
    }
  }

  @Operation
  public void retain() {
    log.retain();
  }

  @Test
  void concurrentCallsHaveAnOrder() {
    new StressOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(RUNS)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(3)
        .actorsAfter(2)
        .check(LinearizabilityTest.class);
  }
}
