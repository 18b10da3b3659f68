package dev.sluice.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every source that keeps positions owes the runtime. A subclass sets up an upstream that
 * holds a fixed, finite input, split into several batches by its options.
 */
public abstract class SourceAcceptance {

  /** Enough to tell a source that has nothing more from one that is between two intervals. */
  private static final int QUIET_POLLS = 3;

  private static final int MAX_POLLS = 10_000;

  protected abstract SourceType type();

  /** Complete options, defaults included, under which polls never wait long. */
  protected abstract Map<String, Object> options() throws Exception;

  /** What {@link #describe} gives for the records of the upstream, in order. */
  protected abstract List<String> expected();

  /** Tells records apart; without what changes from run to run, such as times. */
  protected abstract String describe(SourceRecord record);

  /** Something of upstream that would change if it was told that records were received. */
  protected Object upstream() throws Exception {
    return "";
  }

  @Test
  void everythingComesOnce() throws Exception {
    StoredPositions positions = new StoredPositions();
    assertThat(describe(readAll(positions))).isEqualTo(expected());
    assertThat(readAll(positions)).isEmpty();
  }

  @Test
  void restartBehindAnyBatchLosesNothingAndRepeatsNothing() throws Exception {
    int batches = countBatches();
    assertThat(batches).as("batches; make them smaller for this test").isGreaterThan(2);
    for (int kept = 0; kept < batches; kept++) {
      StoredPositions positions = new StoredPositions();
      List<SourceRecord> records = new ArrayList<>();
      try (SourceTask task = started(positions)) {
        for (int i = 0; i < kept; i++) {
          SourceBatch batch = next(task).orElseThrow();
          positions.store(batch.positions());
          records.addAll(batch.records());
        }
        assertThat(next(task)).as("a batch that is lost in the crash").isPresent();
      }
      records.addAll(readAll(positions));
      assertThat(describe(records)).as("after a crash behind batch %d", kept).isEqualTo(expected());
    }
  }

  @Test
  void upstreamHearsNothingBeforeTheBatchIsDurable() throws Exception {
    Object before = upstream();
    StoredPositions positions = new StoredPositions();
    try (SourceTask task = started(positions)) {
      for (Optional<SourceBatch> batch = next(task); batch.isPresent(); batch = next(task)) {
        positions.store(batch.get().positions());
      }
      assertThat(upstream()).isEqualTo(before);
    }
    assertThat(upstream()).isEqualTo(before);
  }

  @Test
  void closesWithoutHavingBeenStarted() throws Exception {
    SourceTask task = type().newTask();
    task.close();
  }

  private int countBatches() throws Exception {
    int batches = 0;
    try (SourceTask task = started(new StoredPositions())) {
      while (next(task).isPresent()) {
        batches++;
      }
    }
    return batches;
  }

  private List<SourceRecord> readAll(StoredPositions positions) throws Exception {
    List<SourceRecord> records = new ArrayList<>();
    try (SourceTask task = started(positions)) {
      for (Optional<SourceBatch> batch = next(task); batch.isPresent(); batch = next(task)) {
        positions.store(batch.get().positions());
        assertThat(batch.get().rejected()).isEmpty();
        records.addAll(batch.get().records());
      }
    }
    return records;
  }

  private SourceTask started(StoredPositions positions) throws Exception {
    SourceTask task = type().newTask();
    task.start(FakeSourceContext.at(options(), positions.list()));
    return task;
  }

  /** The next batch with records; empty when the source has fallen quiet. */
  private static Optional<SourceBatch> next(SourceTask task) throws Exception {
    int quiet = 0;
    for (int i = 0; i < MAX_POLLS && quiet < QUIET_POLLS; i++) {
      Optional<SourceBatch> batch = task.poll(Duration.ofMillis(1));
      if (batch.isPresent()) {
        return batch;
      }
      quiet++;
    }
    return Optional.empty();
  }

  private List<String> describe(List<SourceRecord> records) {
    return records.stream().map(this::describe).toList();
  }
}
