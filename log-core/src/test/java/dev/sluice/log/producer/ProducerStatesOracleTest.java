package dev.sluice.log.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.producer.KafkaBatches.Data;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.BatchMetadata;
import org.apache.kafka.storage.internals.log.CompletedTxn;
import org.apache.kafka.storage.internals.log.ProducerAppendInfo;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@link ProducerStates} against Kafka's {@link ProducerStateManager}: both get the same
 * generated history of good and bad batches, and must agree on every answer and on all state.
 */
class ProducerStatesOracleTest {

  private static final int HISTORIES = Boolean.getBoolean("long") ? 5_000 : 150;
  private static final int STEPS = 200;
  private static final long FIRST_SEED = 20_260_101;
  private static final int PRODUCERS = 4;
  private static final int EXPIRATION_MILLIS = 5_000;

  @TempDir Path directory;

  private Random random = new Random();
  private ProducerStates ours = new ProducerStates();
  private @Nullable ProducerStateManager kafkas;
  private long endOffset;
  private long now;
  private final Map<String, Integer> answers = new HashMap<>();

  @Test
  void agreesWithKafkaOnGeneratedHistories() throws IOException {
    System.out.println(
        "ProducerStatesOracleTest: seeds " + FIRST_SEED + " to " + (FIRST_SEED + HISTORIES - 1));
    for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
      random = new Random(seed);
      ours = new ProducerStates();
      kafkas = manager();
      endOffset = random.nextInt(1_000);
      now = 1_700_000_000_000L;
      for (int step = 0; step < STEPS; step++) {
        String place = "seed " + seed + ", step " + step;
        try {
          step();
        } catch (RuntimeException e) {
          throw new AssertionError(place, e);
        }
        assertSameState(place);
      }
    }
    System.out.println("ProducerStatesOracleTest: " + answers);
    assertThat(answers.keySet())
        .contains(
            "accepted",
            "duplicate",
            "completed",
            "aborted",
            "expired",
            "replicated",
            Code.OUT_OF_ORDER_SEQUENCE.name(),
            Code.PRODUCER_FENCED.name(),
            Code.INVALID_TRANSACTION_STATE.name());
  }

  private void step() throws IOException {
    now += random.nextInt(200);
    switch (random.nextInt(20)) {
      case 0 -> expire();
      case 1 -> {
        if (random.nextInt(5) == 0) {
          reloadFromSnapshot();
        }
      }
      case 2 -> rollBackSome();
      case 3, 4 -> replicate(random.nextBoolean() ? marker() : data());
      case 5, 6, 7, 8 -> append(marker(), AppendOrigin.COORDINATOR);
      case 9 -> append(coordinated(), AppendOrigin.COORDINATOR);
      default -> append(data(), AppendOrigin.CLIENT);
    }
  }

  private void expire() {
    now += random.nextInt(2 * EXPIRATION_MILLIS);
    kafka().removeExpiredProducers(now);
    if (ours.expire(now, Duration.ofMillis(EXPIRATION_MILLIS)) > 0) {
      count("expired");
    }
  }

  /** Each goes on with what the other one has written. */
  private void reloadFromSnapshot() throws IOException {
    File file = directory.resolve("exchange").toFile();
    ProducerStateManager.writeSnapshot(file, kafka().activeProducers(), false);
    List<ProducerState> read = ProducerSnapshot.read(new DiskStorage(), file.toPath());
    Path unused = Files.write(file.toPath(), ProducerSnapshot.encode(ours.list()).array());
    kafkas = manager();
    ProducerStateManager.readSnapshot(file).forEach(kafka()::loadProducerEntry);
    assertThat(file.delete()).isTrue();
    ours.clear();
    for (ProducerState state : read) {
      // Kafka counts idleness from the last timestamp; here the two are the same.
      ours.restore(List.of(state), state.lastTimestampMillis());
    }
    count("reloaded");
  }

  private void rollBackSome() {
    int outer = ours.mark();
    for (int i = random.nextInt(5); i > 0; i--) {
      var unused = ours.apply(KafkaBatches.facts(random.nextBoolean() ? marker() : data()), now);
      if (random.nextInt(5) == 0) {
        int expired = ours.expire(now + random.nextInt(1_000_000), Duration.ofSeconds(5));
        assertThat(expired).isNotNegative();
      }
    }
    int inner = ours.mark();
    var unused = ours.apply(KafkaBatches.facts(data()), now);
    if (random.nextBoolean()) {
      ours.rollBackTo(inner);
    }
    ours.rollBackTo(outer);
    ours.forget();
  }

  /** A batch that may or may not follow what is known of its producer. */
  private MemoryRecords data() {
    long producerId = random.nextInt(PRODUCERS + 1) - 1L;
    if (producerId < 0) {
      return new Data(-1, -1, -1, 1 + random.nextInt(3), false, now).at(endOffset);
    }
    int records = 1 + random.nextInt(4);
    ProducerStateEntry known = kafka().activeProducers().get(producerId);
    if (known == null) {
      int sequence = random.nextBoolean() ? 0 : Integer.MAX_VALUE - random.nextInt(5);
      return new Data(producerId, random.nextInt(3), sequence, records, random.nextBoolean(), now)
          .at(endOffset);
    }
    boolean isInTransaction = known.currentTxnFirstOffset().isPresent();
    boolean isTransactional = random.nextInt(8) == 0 ? !isInTransaction : isInTransaction;
    int epoch = known.producerEpoch();
    int next = known.lastSeq() == Integer.MAX_VALUE ? 0 : known.lastSeq() + 1;
    List<BatchMetadata> batches = new ArrayList<>(known.batchMetadata());
    return switch (random.nextInt(10)) {
      case 0 -> new Data(producerId, epoch + 1, 0, records, isTransactional, now).at(endOffset);
      case 1 ->
          new Data(producerId, epoch + 1, 1 + random.nextInt(3), records, isTransactional, now)
              .at(endOffset);
      case 2 ->
          new Data(producerId, Math.max(0, epoch - 1), next, records, isTransactional, now)
              .at(endOffset);
      case 3 ->
          new Data(producerId, epoch, (next + 3) & Integer.MAX_VALUE, records, isTransactional, now)
              .at(endOffset);
      case 4, 5 -> repeated(known, batches, next, isTransactional).at(endOffset);
      default -> new Data(producerId, epoch, next, records, isTransactional, now).at(endOffset);
    };
  }

  private Data repeated(
      ProducerStateEntry known, List<BatchMetadata> batches, int next, boolean isTransactional) {
    long id = known.producerId();
    if (batches.isEmpty()) {
      return new Data(id, known.producerEpoch(), next, 1, isTransactional, now);
    }
    BatchMetadata batch = batches.get(random.nextInt(batches.size()));
    // Sometimes not quite the same.
    int extra = random.nextInt(4) == 0 ? 1 : 0;
    return new Data(
        id,
        known.producerEpoch(),
        batch.firstSeq(),
        batch.offsetDelta + 1 + extra,
        isTransactional,
        now);
  }

  /** Records whose sequence is always 0, such as the offsets that belong to a transaction. */
  private MemoryRecords coordinated() {
    long producerId = random.nextInt(PRODUCERS);
    ProducerStateEntry known = kafka().activeProducers().get(producerId);
    int epoch = known == null ? 0 : Math.max(0, known.producerEpoch() + random.nextInt(3) - 1);
    return new Data(producerId, epoch, 0, 1 + random.nextInt(3), random.nextInt(4) > 0, now)
        .at(endOffset);
  }

  private MemoryRecords marker() {
    long producerId = random.nextInt(PRODUCERS);
    ProducerStateEntry known = kafka().activeProducers().get(producerId);
    int epoch = known == null ? random.nextInt(3) : known.producerEpoch();
    int coordinatorEpoch = known == null ? random.nextInt(3) : known.coordinatorEpoch();
    if (random.nextInt(5) == 0) {
      epoch = Math.max(0, epoch + random.nextInt(3) - 1);
    }
    if (random.nextInt(5) == 0) {
      coordinatorEpoch += random.nextInt(3) - 1;
    }
    return KafkaBatches.marker(
        producerId, epoch, random.nextBoolean(), Math.max(0, coordinatorEpoch), endOffset, now);
  }

  private void append(MemoryRecords records, AppendOrigin origin) {
    BatchFacts facts = KafkaBatches.facts(records);
    String kafkaSays = kafkaCheck(KafkaBatches.batch(records), origin);
    String weSay = check(facts, origin);
    assertThat(weSay).as("%s", facts).isEqualTo(kafkaSays);
    count(weSay.startsWith("duplicate") ? "duplicate" : weSay);
    if (weSay.equals("accepted")) {
      write(records, origin);
    }
  }

  private void replicate(MemoryRecords records) {
    RecordBatch batch = KafkaBatches.batch(records);
    ProducerStateEntry known = kafka().activeProducers().get(batch.producerId());
    boolean isRefused =
        known != null
            && known.currentTxnFirstOffset().isPresent()
            && !batch.isTransactional()
            && batch.hasProducerId();
    if (!isRefused) { // Kafka refuses even what its leader has written; here the log is right.
      write(records, AppendOrigin.REPLICATION);
      count("replicated");
    }
  }

  private String check(BatchFacts facts, AppendOrigin origin) {
    try {
      if (origin == AppendOrigin.COORDINATOR && !facts.isControl()) {
        ours.checkWithoutSequence(facts);
        return "accepted";
      }
      return switch (ours.check(facts)) {
        case Admission.Accepted accepted -> "accepted";
        case Admission.Duplicate(long base, long last, long timestamp) ->
            "duplicate " + base + " " + last + " " + timestamp;
      };
    } catch (StorageException e) {
      assertThat(e).hasMessageContaining("roducer " + facts.producerId());
      return e.code().name();
    }
  }

  private String kafkaCheck(RecordBatch batch, AppendOrigin origin) {
    if (!batch.hasProducerId()) {
      return "accepted";
    }
    if (origin == AppendOrigin.CLIENT) {
      Optional<BatchMetadata> duplicate =
          kafka().lastEntry(batch.producerId()).flatMap(entry -> entry.findDuplicateBatch(batch));
      if (duplicate.isPresent()) {
        BatchMetadata found = duplicate.get();
        return "duplicate " + found.firstOffset() + " " + found.lastOffset + " " + found.timestamp;
      }
    }
    try {
      var unused =
          UnifiedLog.updateProducers(kafka(), batch, new HashMap<>(), Optional.empty(), origin);
      return "accepted";
    } catch (ApiException e) {
      return code(e).name();
    }
  }

  private static Code code(ApiException e) {
    if (e instanceof OutOfOrderSequenceException) {
      return Code.OUT_OF_ORDER_SEQUENCE;
    }
    if (e instanceof InvalidProducerEpochException
        || e instanceof TransactionCoordinatorFencedException) {
      return Code.PRODUCER_FENCED;
    }
    if (e instanceof InvalidTxnStateException) {
      return Code.INVALID_TRANSACTION_STATE;
    }
    throw e;
  }

  private void write(MemoryRecords records, AppendOrigin origin) {
    RecordBatch batch = KafkaBatches.batch(records);
    Optional<CompletedTransaction> completed = ours.apply(KafkaBatches.facts(records), now);
    Optional<CompletedTxn> kafkaCompleted = Optional.empty();
    if (batch.hasProducerId()) {
      Map<Long, ProducerAppendInfo> updated = new HashMap<>();
      kafkaCompleted =
          UnifiedLog.updateProducers(kafka(), batch, updated, Optional.empty(), origin);
      updated.values().forEach(kafka()::update);
    }
    assertThat(completed)
        .isEqualTo(
            kafkaCompleted.map(
                txn ->
                    new CompletedTransaction(
                        txn.producerId, txn.firstOffset, txn.lastOffset, txn.isAborted)));
    kafkaCompleted.ifPresent(
        txn -> {
          assertThat(
                  AbortedTransaction.of(completed.orElseThrow(), ours.firstUndecidedOffset())
                      .lastStableOffset())
              .isEqualTo(kafka().lastStableOffset(txn));
          kafka().completeTxn(txn);
          count(txn.isAborted ? "aborted" : "completed");
        });
    endOffset = batch.nextOffset();
    kafka().onHighWatermarkUpdated(endOffset);
  }

  private void assertSameState(String place) {
    OptionalLong firstUnstable =
        kafka()
            .firstUnstableOffset()
            .map(metadata -> OptionalLong.of(metadata.messageOffset))
            .orElse(OptionalLong.empty());
    assertThat(ours.firstUndecidedOffset()).as(place).isEqualTo(firstUnstable);
    assertThat(ours.list())
        .as(place)
        .containsExactlyInAnyOrderElementsOf(
            kafka().activeProducers().values().stream()
                .map(ProducerStatesOracleTest::ours)
                .toList());
  }

  private static ProducerState ours(ProducerStateEntry entry) {
    return new ProducerState(
        entry.producerId(),
        entry.producerEpoch(),
        entry.coordinatorEpoch(),
        entry.lastTimestamp(),
        entry.lastTimestamp(),
        entry.batchMetadata().stream()
            .map(
                batch ->
                    new WrittenBatch(
                        batch.lastSeq, batch.lastOffset, batch.offsetDelta, batch.timestamp))
            .toList(),
        entry.currentTxnFirstOffset().orElse(-1));
  }

  private ProducerStateManager manager() throws IOException {
    return new ProducerStateManager(
        new TopicPartition("t", 0),
        directory.toFile(),
        60_000,
        new ProducerStateManagerConfig(EXPIRATION_MILLIS, false),
        Time.SYSTEM);
  }

  private ProducerStateManager kafka() {
    ProducerStateManager present = kafkas;
    if (present == null) {
      throw new IllegalStateException("No history has begun");
    }
    return present;
  }

  private void count(String answer) {
    int unused = answers.merge(answer, 1, Integer::sum);
  }
}
