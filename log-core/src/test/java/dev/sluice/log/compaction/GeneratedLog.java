package dev.sluice.log.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.record.Compression;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A generated history: plain and idempotent batches, transactions of several producers side by
 * side, tombstones, records without key, all codecs. Knows what compaction must leave of it.
 */
final class GeneratedLog {

  static final Duration GRACE = Duration.ofSeconds(100);

  private static final int PRODUCERS = 4;

  /** A record, and the base offset of its batch. */
  private record Expected(LogRecord record, long batchOffset) {}

  private final Random random;
  private final int keys;
  private final List<RecordBatch> batches = new ArrayList<>();
  private final Map<Long, RecordBatch> batchesByLastOffset = new HashMap<>();

  /** Producer to the first offset of its open transaction. */
  private final Map<Long, Long> open = new HashMap<>();

  private final List<AbortedTransaction> aborted = new ArrayList<>();
  private final Map<Long, LastBatch> producers = new HashMap<>();
  private Map<Long, LastBatch> knownProducers = Map.of();
  private long nextOffset;
  private long nowMillis = 1_000_000;
  private long cleanOffset;

  /** Batches by base offset, to the time until when their tombstones stay. */
  private final Map<Long, Long> horizons = new HashMap<>();

  GeneratedLog(Random random) {
    this.random = random;
    this.keys = 1 + random.nextInt(40);
  }

  long nowMillis() {
    return nowMillis;
  }

  void letTimePass(long millis) {
    nowMillis += millis;
  }

  /** Some more batches; they are valid for good. */
  List<RecordBatch> grow(int count) {
    List<RecordBatch> grown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RecordBatch batch = next();
      grown.add(batch);
      batches.add(batch);
      boolean unused = batchesByLastOffset.put(batch.lastOffset(), batch) == null;
      nextOffset = batch.nextOffset();
    }
    return grown;
  }

  /** What is known now; some producers are forgotten for good. */
  LogState state(Random choice) {
    long lastStable = open.values().stream().mapToLong(Long::longValue).min().orElse(nextOffset);
    List<AbortedTransaction> below =
        aborted.stream().filter(transaction -> transaction.firstOffset() < lastStable).toList();
    boolean unused = producers.keySet().removeIf(id -> choice.nextInt(4) == 0);
    knownProducers = Map.copyOf(producers);
    return new LogState(lastStable, below, knownProducers);
  }

  /** Compaction says that it is done up to here. */
  void compactedUpTo(long offset) {
    cleanOffset = offset;
  }

  /** Compares what is left with what should be. */
  void check(List<RecordBatch> left) {
    Map<Long, LogRecord> found = new TreeMap<>();
    List<Long> rest = new ArrayList<>();
    for (RecordBatch batch : left) {
      checkFrame(batch);
      if (batch.baseOffset() >= cleanOffset) {
        rest.add(batch.baseOffset());
        assertThat(batch.bytes()).isEqualTo(original(batch).bytes());
      } else if (!batch.isControl()) {
        batch.records().forEach(record -> found.put(record.offset(), record));
      }
    }
    Map<Long, LogRecord> expected = expected();
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach(
        (offset, record) -> checkSame(record, Objects.requireNonNull(expected.get(offset))));
    assertThat(rest)
        .isEqualTo(
            batches.stream()
                .map(RecordBatch::baseOffset)
                .filter(offset -> offset >= cleanOffset)
                .toList());
    checkMarkers(left);
    checkProducers(left);
    assertThat(left.getLast().nextOffset()).isEqualTo(nextOffset);
  }

  private void checkFrame(RecordBatch batch) {
    RecordBatch original = original(batch);
    assertThat(batch.baseOffset()).isEqualTo(original.baseOffset());
    assertThat(batch.leaderEpoch()).isEqualTo(original.leaderEpoch());
    assertThat(batch.producerId()).isEqualTo(original.producerId());
    assertThat(batch.producerEpoch()).isEqualTo(original.producerEpoch());
    assertThat(batch.baseSequence()).isEqualTo(original.baseSequence());
    assertThat(batch.isTransactional()).isEqualTo(original.isTransactional());
    assertThat(batch.isControl()).isEqualTo(original.isControl());
    if (batch.count() > 0) {
      assertThat(batch.compression()).isEqualTo(original.compression());
    }
  }

  /** MARKER-AFTER-DATA. */
  private void checkMarkers(List<RecordBatch> left) {
    Map<Long, RecordBatch> unmarked = new HashMap<>();
    for (RecordBatch batch : left) {
      if (batch.isControl()) {
        unmarked.remove(batch.producerId());
      } else if (batch.isTransactional()) {
        unmarked.put(batch.producerId(), batch);
      }
    }
    assertThat(unmarked.keySet()).isSubsetOf(open.keySet());
  }

  private void checkProducers(List<RecordBatch> left) {
    knownProducers.forEach(
        (id, last) ->
            assertThat(left)
                .anyMatch(
                    batch ->
                        batch.producerId() == id && batch.lastOffset() == last.lastDataOffset()));
  }

  private RecordBatch original(RecordBatch batch) {
    RecordBatch original = batchesByLastOffset.get(batch.lastOffset());
    if (original == null) {
      throw new AssertionError("No batch ended at " + batch.lastOffset());
    }
    return original;
  }

  private Map<Long, LogRecord> expected() {
    Map<Long, LogRecord> expected = new TreeMap<>();
    Map<String, Expected> latest = new HashMap<>();
    for (RecordBatch batch : batches) {
      if (batch.baseOffset() >= cleanOffset || batch.isControl() || isAborted(batch)) {
        continue;
      }
      for (LogRecord record : batch.records()) {
        if (record.key() == null) {
          expected.put(record.offset(), record);
        } else {
          String key = new String(record.keyBytes(), UTF_8);
          latest.put(key, new Expected(record, batch.baseOffset()));
        }
      }
    }
    for (Expected each : latest.values()) {
      LogRecord record = each.record();
      if (record.value() != null || staysAsTombstone(each.batchOffset())) {
        expected.put(record.offset(), record);
      }
    }
    return expected;
  }

  /** To be asked after each compaction, of all batches with a tombstone that is the latest. */
  private boolean staysAsTombstone(long batchOffset) {
    long horizon = horizons.computeIfAbsent(batchOffset, offset -> nowMillis + GRACE.toMillis());
    return nowMillis < horizon;
  }

  private boolean isAborted(RecordBatch batch) {
    return batch.isTransactional()
        && aborted.stream()
            .anyMatch(
                transaction ->
                    transaction.producerId() == batch.producerId()
                        && transaction.firstOffset() <= batch.baseOffset()
                        && transaction.lastOffset() >= batch.lastOffset());
  }

  private static void checkSame(LogRecord found, LogRecord expected) {
    assertThat(found.timestampMillis()).isEqualTo(expected.timestampMillis());
    assertThat(found.keyBytes()).isEqualTo(expected.keyBytes());
    assertThat(found.valueBytes()).isEqualTo(expected.valueBytes());
    assertThat(found.headers()).usingRecursiveComparison().isEqualTo(expected.headers());
  }

  private RecordBatch next() {
    long producer = random.nextInt(PRODUCERS);
    if (open.containsKey(producer) && random.nextInt(3) == 0) {
      return end(producer);
    }
    int kind = random.nextInt(10);
    BatchMaker maker = records();
    boolean isTransactional = open.containsKey(producer) || kind >= 8;
    if (isTransactional) {
      // Mostly closed soon: an open one keeps all behind it from being compacted.
      open.putIfAbsent(producer, nextOffset);
      maker.transactional();
    }
    boolean isIdempotent = isTransactional || kind >= 4;
    if (isIdempotent) {
      maker.producer(producer);
    }
    RecordBatch batch = maker.at(nextOffset);
    if (isIdempotent) {
      producers.put(producer, new LastBatch(batch.lastOffset(), batch.producerEpoch()));
    }
    return batch;
  }

  private RecordBatch end(long producer) {
    long first = Objects.requireNonNull(open.remove(producer));
    boolean isCommit = random.nextBoolean();
    if (!isCommit) {
      aborted.add(new AbortedTransaction(producer, first, nextOffset, first));
    }
    return BatchMaker.marker(nextOffset, producer, isCommit);
  }

  private BatchMaker records() {
    Compression[] codecs = Compression.values();
    BatchMaker maker = BatchMaker.batch(codecs[random.nextInt(codecs.length)]);
    for (int i = random.nextInt(5); i >= 0; i--) {
      String key = random.nextInt(30) == 0 ? null : "key" + random.nextInt(keys);
      String value = random.nextInt(4) == 0 ? null : "v".repeat(random.nextInt(60)) + nextOffset;
      maker.record(nowMillis + random.nextInt(2_000) - 1_000, key, value);
    }
    return maker;
  }
}
