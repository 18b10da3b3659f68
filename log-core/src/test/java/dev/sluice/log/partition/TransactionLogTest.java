package dev.sluice.log.partition;

import static dev.sluice.log.partition.TestLog.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.io.Storage;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.producer.ProducerState;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.ControlMarker.Type;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.TimestampType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionLogTest {

  private static final int SEEDS = Boolean.getBoolean("long") ? 500 : 25;
  private static final ControlMarker COMMIT = new ControlMarker(Type.COMMIT, 1);
  private static final ControlMarker ABORT = new ControlMarker(Type.ABORT, 1);

  private TestLog test = new TestLog();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void aRepeatedBatchGetsItsFirstAnswerOnceThatIsDurable() {
    PartitionLog log = test.open();
    AppendResult first = idempotent(log, 7, 0, 3).join();
    assertThat(idempotent(log, 7, 3, 2).join()).isEqualTo(new AppendResult(3, 4));
    assertThat(idempotent(log, 7, 0, 3).join()).isEqualTo(first);
    assertThat(log.logEndOffset()).isEqualTo(5);
  }

  @Test
  void aGapInTheSequenceIsRefusedAndHarmsNothing() {
    PartitionLog log = test.open();
    idempotent(log, 7, 0, 1).join();
    assertThat(failure(idempotent(log, 7, 5, 1)).code()).isEqualTo(Code.OUT_OF_ORDER_SEQUENCE);
    assertThat(idempotent(log, 7, 1, 1).join()).isEqualTo(new AppendResult(1, 1));
  }

  @Test
  void whatADiskTooFullKeptOutCanBeSentAgain() {
    PartitionLog log = test.open();
    idempotent(log, 7, 0, 1).join();
    test.storage.setCapacity(test.storage.usedBytes() + 10);
    assertThat(failure(idempotent(log, 7, 1, 1)).code()).isEqualTo(Code.DISK_FULL);
    assertThat(failure(idempotent(log, 7, 2, 1)).code()).isEqualTo(Code.OUT_OF_ORDER_SEQUENCE);
    test.storage.setCapacity(Long.MAX_VALUE);
    assertThat(idempotent(log, 7, 1, 1).join()).isEqualTo(new AppendResult(1, 1));
    assertThat(idempotent(log, 7, 2, 1).join()).isEqualTo(new AppendResult(2, 2));
  }

  @Test
  void readersOfCommittedDataWaitForTheEndOfTheTransaction() {
    PartitionLog log = test.open();
    test.appendMany(log, 12);
    transactional(log, 7, 0, 2).join();
    test.appendMany(log, 12);

    assertThat(log.transactions().lastStableOffset()).isEqualTo(12);
    assertThat(readTo(log, Isolation.READ_COMMITTED)).isEqualTo(12);
    assertThat(readTo(log, Isolation.READ_UNCOMMITTED)).isEqualTo(26);

    assertThat(log.transactions().end(7, (short) 0, ABORT).join().baseOffset()).isEqualTo(26);
    assertThat(log.transactions().lastStableOffset()).isEqualTo(27);
    assertThat(readTo(log, Isolation.READ_COMMITTED)).isEqualTo(27);
    assertThat(log.transactions().aborted(0, 27))
        .containsExactly(new AbortedTransaction(7, 12, 26, 27));
    assertThat(log.transactions().aborted(0, 12)).isEmpty();
    assertThat(log.read(26, 1).batches().getFirst().isControl()).isTrue();
  }

  @Test
  void aMarkerThatReadersCannotSeeYetDecidesNothingForThem() {
    PartitionLog log = test.open();
    test.appendMany(log, 2);
    transactional(log, 7, 0, 2).join();
    log.transactions().end(7, (short) 0, COMMIT).join();
    log.replica().limitHighWatermark(2);
    test.appendMany(log, 1);
    transactional(log, 7, 2, 1).join();
    log.transactions().end(7, (short) 0, COMMIT).join();
    log.replica().limitHighWatermark(7);
    assertThat(log.transactions().lastStableOffset()).isEqualTo(6);
    log.replica().limitHighWatermark(8);
    assertThat(log.transactions().lastStableOffset()).isEqualTo(8);
  }

  @Test
  void aFencedProducerIsRefused() {
    PartitionLog log = test.open();
    transactional(log, 7, 0, 1).join();
    log.transactions().end(7, (short) 3, ABORT).join();
    assertThat(failure(transactional(log, 7, 1, 1)).code()).isEqualTo(Code.PRODUCER_FENCED);
  }

  @Test
  void clientsMayNotForgeMarkers() {
    PartitionLog log = test.open();
    RecordBatch forged = COMMIT.toBatch(1, 7, (short) 0);
    assertThat(failure(log.append(forged.bytes())).code()).isEqualTo(Code.INVALID_BATCH);
  }

  @Test
  void appendTimeReplacesTheTimeOfTheApplication() {
    test.settings = test.settings.withTimestamps(TimestampType.APPEND_TIME);
    PartitionLog log = test.open();
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(5, null, "a".getBytes(UTF_8));
    log.append(builder).join();
    RecordBatch batch = log.read(0, 100).batches().getFirst();
    assertThat(batch.timestampType()).isEqualTo(TimestampType.APPEND_TIME);
    assertThat(batch.records().iterator().next().timestampMillis()).isEqualTo(test.clock.millis());
    assertThat(log.offsetForTimestamp(6)).isPresent();
  }

  /** What is known after any history is what a replay of the whole log finds. */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void stateIsAFunctionOfTheLog(Loss loss) throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      test.close();
      test = new TestLog(seed);
      Random random = new Random(seed);
      for (int life = 0; life < 4; life++) {
        test.storage.crashAfter(20 + random.nextInt(200), loss);
        live(random);
        test.storage.restart(loss);
        compareWithReplay("seed " + seed + ", life " + life);
      }
    }
  }

  private void compareWithReplay(String place) throws IOException {
    PartitionLog log = test.open();
    List<String> known = state(log);
    log.close();
    // The same bytes, without anything that could help.
    for (Storage.Entry entry : test.storage.list(TestLog.DIRECTORY)) {
      if (!entry.name().endsWith(".log")) {
        test.storage.delete(TestLog.DIRECTORY.resolve(entry.name()));
      }
    }
    PartitionLog replayed = test.open();
    assertThat(known).as(place).isEqualTo(state(replayed));
    replayed.close();
    assertThat(test.storage.exists(TestLog.DIRECTORY.resolve(PartitionCheckpoint.FILE_NAME)))
        .isTrue();
  }

  private static List<String> state(PartitionLog log) {
    List<String> state = new ArrayList<>();
    log.transactions().producers().stream()
        .sorted(Comparator.comparingLong(ProducerState::producerId))
        .forEach(
            producer ->
                state.add(
                    producer.producerId()
                        + " epoch "
                        + producer.producerEpoch()
                        + " coordinator "
                        + producer.coordinatorEpoch()
                        + " sequence "
                        + producer.lastSequence()
                        + " offset "
                        + producer.lastOffset()
                        + " transaction "
                        + producer.transactionFirstOffset()));
    state.add("stable " + log.transactions().lastStableOffset());
    log.transactions().aborted(0, log.highWatermark()).forEach(a -> state.add(a.toString()));
    for (int epoch = 0; epoch < 5; epoch++) {
      state.add("epoch " + epoch + " ends " + log.replica().endOffsetFor(epoch));
    }
    return state;
  }

  /** Appends of a few producers, whatever becomes of them, among rolls and truncations. */
  private void live(Random random) {
    try (PartitionLog log = test.open()) {
      Map<Long, Integer> next = new HashMap<>();
      log.transactions()
          .producers()
          .forEach(producer -> next.put(producer.producerId(), producer.lastSequence() + 1));
      for (int i = 0; i < 40; i++) {
        step(random, log, next);
      }
    } catch (StorageException e) {
      assertThat(test.storage.isCrashed()).as(e.toString()).isTrue();
    }
  }

  private void step(Random random, PartitionLog log, Map<Long, Integer> next) {
    long id = random.nextInt(4);
    int sequence = next.getOrDefault(id, 0);
    int count = 1 + random.nextInt(3);
    int what = random.nextInt(20);
    try {
      if (what < 6) {
        idempotent(log, id, sequence, count).join();
        next.put(id, sequence + count);
      } else if (what < 12) {
        transactional(log, 10 + id, next.getOrDefault(10 + id, 0), count).join();
        next.merge(10 + id, count, Integer::sum);
      } else if (what < 15) {
        log.transactions().end(10 + id, (short) 0, random.nextBoolean() ? ABORT : COMMIT).join();
      } else if (what < 18) {
        test.appendMany(log, 2);
      } else if (what == 18) {
        log.checkpoint();
      } else {
        long to = log.logEndOffset() - random.nextInt(5);
        log.replica().truncateTo(Math.max(to, log.logStartOffset()));
        log.replica().lead(random.nextInt(5));
        next.clear();
        log.transactions()
            .producers()
            .forEach(producer -> next.put(producer.producerId(), producer.lastSequence() + 1));
      }
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(StorageException.class);
    } catch (StorageException e) {
      if (e.code() != Code.STALE_LEADER_EPOCH) {
        throw e;
      }
    }
  }

  private static long readTo(PartitionLog log, Isolation isolation) {
    long offset = 0;
    while (true) {
      ReadResult result = log.read(offset, 3000, isolation);
      if (result.batches().isEmpty()) {
        assertThat(log.readRegion(offset, 3000, isolation)).isEmpty();
        return offset;
      }
      offset = result.nextOffset();
    }
  }

  private static CompletableFuture<AppendResult> idempotent(
      PartitionLog log, long id, int sequence, int count) {
    return append(log, id, sequence, count, false);
  }

  private static CompletableFuture<AppendResult> transactional(
      PartitionLog log, long id, int sequence, int count) {
    return append(log, id, sequence, count, true);
  }

  private static CompletableFuture<AppendResult> append(
      PartitionLog log, long id, int sequence, int count, boolean isTransactional) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.producer(id, (short) 0, sequence, isTransactional);
    for (int i = 0; i < count; i++) {
      builder.append(1, null, ("x".repeat(500) + i).getBytes(UTF_8));
    }
    return log.append(builder.build().bytes());
  }
}
