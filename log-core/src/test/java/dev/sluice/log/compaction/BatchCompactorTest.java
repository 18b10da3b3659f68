package dev.sluice.log.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.record.BatchLayout;
import dev.sluice.log.record.Compression;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchCompactorTest {

  private static final long NOW = 1_000_000;
  private static final long GRACE = 5_000;

  private final OffsetMap latest = new OffsetMap(10_000, 100);
  private List<AbortedTransaction> aborted = List.of();
  private Map<Long, LastBatch> producers = Map.of();
  private final CompactionTally tally = new CompactionTally();

  @ParameterizedTest
  @EnumSource
  void dropsWhatALaterRecordReplacesAndKeepsOffsetsAndOrder(Compression compression) {
    RecordBatch batch =
        BatchMaker.batch(compression)
            .producer(5)
            .record(500, "a", "x".repeat(200))
            .record(400, "b", "x".repeat(300))
            .record(300, "c", "x".repeat(100))
            .at(10);
    knows("a", 20);
    knows("b", 11);
    RecordBatch left = Objects.requireNonNull(compactor(NOW).compact(batch, false));
    assertThat(offsets(left)).containsExactly(11L, 12L);
    assertThat(left.baseOffset()).isEqualTo(10);
    assertThat(left.lastOffset()).isEqualTo(12);
    assertThat(left.baseSequence()).isEqualTo(10);
    assertThat(left.producerId()).isEqualTo(5);
    assertThat(left.leaderEpoch()).isEqualTo(7);
    assertThat(left.maxTimestampMillis()).isEqualTo(400);
    assertThat(left.compression()).isEqualTo(batch.compression());
    left.validate();
    assertThat(kafka(left)).hasSize(2);
    assertThat(kafka(left).get(0).timestamp()).isEqualTo(400);
    assertThat(kafka(left).get(0).offset()).isEqualTo(11);
    assertThat(kafka(left).get(0).headers()).hasSize(1);
    assertThat(tally.removedRecords()).isEqualTo(1);
  }

  @Test
  void keepsABatchByteForByteIfNothingGoes() {
    RecordBatch batch = BatchMaker.batch().put("a", "1").put("b", "2").at(10);
    knows("a", 10);
    assertThat(compactor(NOW).compact(batch, false)).isSameAs(batch);
  }

  @Test
  void dropsABatchOfWhichNothingIsLeftUnlessItIsTheLast() {
    RecordBatch batch = BatchMaker.batch(Compression.GZIP).put("a", "1").put("a", "2").at(10);
    knows("a", 20);
    assertThat(compactor(NOW).compact(batch, false)).isNull();
    RecordBatch left = Objects.requireNonNull(compactor(NOW).compact(batch, true));
    assertThat(left.count()).isZero();
    assertThat(left.nextOffset()).isEqualTo(12);
    left.validate();
    assertThat(kafka(left)).isEmpty();
    assertThat(compactor(NOW).compact(left, true)).isSameAs(left);
    assertThat(compactor(NOW).compact(left, false)).isNull();
  }

  @Test
  void keepsTheLastBatchOfAKnownProducerEmpty() {
    producers = Map.of(5L, new LastBatch(11, (short) 3));
    knows("a", 20);
    RecordBatch last = BatchMaker.batch().producer(5).put("a", "1").put("a", "2").at(10);
    RecordBatch left = Objects.requireNonNull(compactor(NOW).compact(last, false));
    assertThat(left.count()).isZero();
    assertThat(left.baseSequence()).isEqualTo(10);
    assertThat(left.lastOffsetDelta()).isEqualTo(1);
    RecordBatch earlier = BatchMaker.batch().producer(5).put("a", "1").at(8);
    assertThat(compactor(NOW).compact(earlier, false)).isNull();
    RecordBatch other = BatchMaker.batch().producer(6).put("a", "1").put("a", "2").at(10);
    assertThat(compactor(NOW).compact(other, false)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void keepsATombstoneForItsGraceThenDropsIt(Compression compression) {
    RecordBatch batch =
        BatchMaker.batch(compression)
            .record(2_000, "z", "y".repeat(200))
            .record(1_000, "a", null)
            .at(10);
    RecordBatch met = Objects.requireNonNull(compactor(NOW).compact(batch, false));
    assertThat(offsets(met)).containsExactly(10L, 11L);
    assertThat(met.deleteHorizonMillis()).hasValue(NOW + GRACE);
    assertThat(timestamps(met)).containsExactly(2_000L, 1_000L);
    assertThat(kafkaBatch(met).deleteHorizonMs()).hasValue(NOW + GRACE);
    assertThat(kafka(met).get(0).timestamp()).isEqualTo(2_000);
    assertThat(tally.nextHorizonMillis()).isEqualTo(NOW + GRACE);

    assertThat(compactor(NOW + GRACE - 1).compact(met, false)).isSameAs(met);
    RecordBatch left = Objects.requireNonNull(compactor(NOW + GRACE).compact(met, false));
    assertThat(offsets(left)).containsExactly(10L);
    assertThat(timestamps(left)).containsExactly(2_000L);
  }

  @Test
  void timesOfABatchWithTheLogsTimeStayWhenItGetsAHorizon() {
    RecordBatch batch =
        BatchMaker.changed(
            BatchMaker.batch().tombstone("a").put("b", "1").at(10),
            bytes -> {
              bytes.putShort(BatchLayout.ATTRIBUTES, (short) 0x08);
              bytes.putLong(BatchLayout.MAX_TIMESTAMP, 9_999);
            });
    RecordBatch met = Objects.requireNonNull(compactor(NOW).compact(batch, false));
    assertThat(timestamps(met)).containsExactly(9_999L, 9_999L);
    assertThat(kafka(met).get(1).timestamp()).isEqualTo(9_999);
  }

  @Test
  void looksAtNothingBehindTheEndOfTheMap() {
    RecordBatch batch = BatchMaker.batch().tombstone("a").put("b", "1").tombstone("b").at(99);
    knows("a", 100);
    BatchCompactor compactor = compactor(NOW);
    RecordBatch left = Objects.requireNonNull(compactor.compact(batch, false));
    assertThat(offsets(left)).containsExactly(100L, 101L);
    assertThat(left.deleteHorizonMillis()).isEmpty();
    RecordBatch behind = BatchMaker.batch().tombstone("a").at(100);
    assertThat(compactor.compact(behind, false)).isSameAs(behind);
  }

  @Test
  void keepsRecordsWithoutAKeyAndCountsThem() {
    RecordBatch batch = BatchMaker.batch().record(1, null, "1").record(1, null, null).at(10);
    assertThat(compactor(NOW).compact(batch, false)).isSameAs(batch);
    assertThat(tally.recordsWithoutKey()).isEqualTo(2);
  }

  @Test
  void keepsAMalformedBatchAndNoTombstoneBehindItGoes() {
    RecordBatch malformed =
        BatchMaker.malformed(BatchMaker.batch().put("a", "1").put("b", "2").at(5));
    RecordBatch tombstone = BatchMaker.batch().tombstone("a").at(10);
    RecordBatch met = Objects.requireNonNull(compactor(NOW).compact(tombstone, false));
    knows("a", 10);
    knows("b", 20);
    BatchCompactor compactor = compactor(NOW + GRACE);
    assertThat(compactor.compact(malformed, false)).isSameAs(malformed);
    assertThat(compactor.compact(met, false)).isSameAs(met);
    assertThat(tally.malformedBatches()).isEqualTo(1);
    assertThat(compactor(NOW + GRACE).compact(met, false)).isNull();
  }

  @Test
  void dropsWhatAnAbortedTransactionWroteWhateverItIs() {
    aborted = List.of(new AbortedTransaction(5, 10, 30, 31));
    RecordBatch data = BatchMaker.batch().producer(5).transactional().put("a", "1").at(10);
    RecordBatch later = BatchMaker.batch().producer(5).transactional().put("a", "1").at(31);
    RecordBatch others = BatchMaker.batch().producer(6).transactional().put("b", "1").at(11);
    RecordBatch plain = BatchMaker.batch().producer(5).put("c", "1").at(12);
    BatchCompactor compactor = compactor(NOW);
    assertThat(compactor.compact(data, false)).isNull();
    assertThat(compactor.compact(others, false)).isSameAs(others);
    assertThat(compactor.compact(plain, false)).isSameAs(plain);
    assertThat(compactor.compact(later, false)).isSameAs(later);
  }

  @Test
  void keepsAMarkerUntilItsDataIsGoneAndItsGraceIsOver() {
    aborted = List.of(new AbortedTransaction(5, 10, 11, 12));
    RecordBatch data = BatchMaker.batch().producer(5).transactional().put("a", "1").at(10);
    RecordBatch marker = BatchMaker.marker(11, 5, false);
    BatchCompactor first = compactor(NOW);
    assertThat(first.compact(data, false)).isNull();
    assertThat(first.compact(marker, false)).isSameAs(marker);

    RecordBatch met = Objects.requireNonNull(compactor(NOW).compact(marker, false));
    assertThat(met.deleteHorizonMillis()).hasValue(NOW + GRACE);
    assertThat(met.isControl()).isTrue();
    assertThat(kafkaBatch(met).isControlBatch()).isTrue();
    assertThat(compactor(NOW + GRACE - 1).compact(met, false)).isSameAs(met);
    assertThat(compactor(NOW + GRACE).compact(met, false)).isNull();
  }

  @Test
  void keepsACommitMarkerAsLongAsDataOfItsTransactionIsThere() {
    RecordBatch data = BatchMaker.batch().producer(5).transactional().put("a", "1").at(10);
    RecordBatch marker = BatchMaker.marker(11, 5, true);
    RecordBatch next = BatchMaker.marker(12, 5, true);
    BatchCompactor compactor = compactor(NOW);
    assertThat(compactor.compact(data, false)).isSameAs(data);
    assertThat(compactor.compact(marker, false)).isSameAs(marker);
    assertThat(compactor.compact(next, false)).isNotSameAs(next).isNotNull();
  }

  @Test
  void keepsTheMarkerThatAloneTellsAProducersEpoch() {
    producers = Map.of(5L, new LastBatch(-1, (short) 3));
    RecordBatch met =
        Objects.requireNonNull(compactor(NOW).compact(BatchMaker.marker(11, 5, true), false));
    RecordBatch left = Objects.requireNonNull(compactor(NOW + GRACE).compact(met, false));
    assertThat(left.count()).isZero();
    assertThat(left.isControl()).isTrue();
    assertThat(left.producerEpoch()).isEqualTo((short) 3);
    assertThat(compactor(NOW + GRACE).compact(left, false)).isSameAs(left);
    producers = Map.of();
    assertThat(compactor(NOW + GRACE).compact(left, false)).isNull();
  }

  @Test
  void leavesControlBatchesOfOtherKindsAlone() {
    RecordBatch batch =
        BatchMaker.changed(
            BatchMaker.marker(11, 5, true), bytes -> bytes.put(BatchLayout.RECORDS + 8, (byte) 4));
    assertThat(compactor(NOW).compact(batch, false)).isSameAs(batch);
  }

  private void knows(String key, long offset) {
    assertThat(latest.put(ByteBuffer.wrap(key.getBytes(UTF_8)), offset)).isTrue();
  }

  private BatchCompactor compactor(long nowMillis) {
    CompactionPlan plan = new CompactionPlan(0, 100, 1, true);
    LogState state = new LogState(100, aborted, producers);
    CompactionJob job =
        new CompactionJob(
            List.of(),
            plan,
            CompactionProgress.NONE,
            state,
            1_000,
            Duration.ofMillis(GRACE),
            nowMillis);
    return new BatchCompactor(latest, 100, job, tally);
  }

  private static List<Long> offsets(RecordBatch batch) {
    List<Long> offsets = new ArrayList<>();
    for (LogRecord record : batch.records()) {
      offsets.add(record.offset());
    }
    return offsets;
  }

  private static List<Long> timestamps(RecordBatch batch) {
    List<Long> timestamps = new ArrayList<>();
    for (LogRecord record : batch.records()) {
      timestamps.add(record.timestampMillis());
    }
    return timestamps;
  }

  private static MutableRecordBatch kafkaBatch(RecordBatch batch) {
    ByteBuffer bytes = ByteBuffer.allocate(batch.sizeBytes()).put(batch.bytes()).flip();
    MutableRecordBatch read = MemoryRecords.readableRecords(bytes).batches().iterator().next();
    read.ensureValid();
    return read;
  }

  private static List<Record> kafka(RecordBatch batch) {
    List<Record> records = new ArrayList<>();
    kafkaBatch(batch).forEach(records::add);
    return records;
  }
}
