package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.record.BatchLayout;
import dev.sluice.log.record.Compression;
import dev.sluice.log.record.ForgedBatch;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client has sent batches whose headers and checksums are right and whose records are not: what
 * becomes of them, and of those who read (docs/adr/0006).
 */
class MalformedRecordTest {

  private static final int READ_BYTES = 1 << 20;

  /** Records that it claims to have. */
  private static final int CLAIMED = 3;

  private final TestLog test = new TestLog();

  @AfterEach
  void close() {
    test.close();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void isStoredWholeUnderTheOffsetsThatItsHeaderClaims(Compression compression) throws IOException {
    try (PartitionLog log = test.open()) {
      test.append(log, "before").join();
      ByteBuffer sent = malformed(compression);

      AppendResult result = log.append(sent.duplicate()).join();

      assertThat(result).isEqualTo(new AppendResult(1, CLAIMED));
      assertThat(test.append(log, "behind").join().baseOffset()).isEqualTo(1 + CLAIMED);
      assertThat(fetched(log, 1).limit(sent.limit()).slice(17, sent.limit() - 17))
          .isEqualTo(sent.slice(17, sent.limit() - 17));
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readerIsToldPartitionAndOffsetsAndGoesOnBehindIt(Compression compression) {
    try (PartitionLog log = test.open()) {
      fill(log, compression);

      List<String> seen = new ArrayList<>();
      long offset = log.logStartOffset();
      while (offset < log.highWatermark()) {
        for (RecordBatch batch : log.read(offset, READ_BYTES).batches()) {
          seen.add(values(batch));
          offset = batch.nextOffset();
        }
      }

      assertThat(seen).hasSize(3);
      assertThat(seen.get(0)).isEqualTo("before");
      assertThat(seen.get(1)).contains("INVALID_BATCH", "offsets 1 to 3 of t-0");
      assertThat(seen.get(2)).isEqualTo("behind");
      assertThat(log.unavailable()).isEmpty();
    }
  }

  @Test
  void readerMayBeginWithinItAndBehindIt() {
    try (PartitionLog log = test.open()) {
      fill(log, Compression.NONE);
      RecordBatch within = log.read(2, READ_BYTES).batches().getFirst();
      assertThat(within.baseOffset()).isEqualTo(1);
      assertThatThrownBy(() -> within.records().forEach(record -> {}))
          .isInstanceOf(StorageException.class);
      assertThat(values(log.read(within.nextOffset(), READ_BYTES).batches().getFirst()))
          .isEqualTo("behind");
    }
  }

  @Test
  void recordsBeforeTheFirstMalformedByteAreRead() {
    try (PartitionLog log = test.open()) {
      byte[] oneGood = {16, 0, 0, 0, 1, 4, 'o', 'k', 0, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99};
      log.append(ForgedBatch.of(Compression.NONE, 2, oneGood)).join();
      RecordBatch batch = log.read(0, READ_BYTES).batches().getFirst();
      assertThat(values(batch)).startsWith("ok").contains("INVALID_BATCH");
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void timeLookupTakesItsHeaderForIt(Compression compression) {
    try (PartitionLog log = test.open()) {
      long time = test.clock.millis();
      test.append(log, "before").join();
      log.append(malformed(compression)).join(); // Of the same time.
      test.clock.advance(Duration.ofSeconds(1));
      test.append(log, "behind").join();

      assertThat(log.offsetForTimestamp(time)).contains(new TimestampedOffset(0, time));
      assertThat(log.offsetForTimestamp(time + 1)).contains(new TimestampedOffset(4, time + 1000));
      log.deleteBefore(2);
      assertThat(log.offsetForTimestamp(time)).contains(new TimestampedOffset(2, time));
      log.deleteBefore(4);
      assertThat(log.offsetForTimestamp(time)).contains(new TimestampedOffset(4, time + 1000));
      assertThat(log.offsetForTimestamp(time + 1001)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void outlivesRollsAndRestarts(Compression compression) {
    test.settings = test.settings.withSegments(2_000, Duration.ofDays(1));
    try (PartitionLog log = test.open()) {
      fill(log, compression);
      test.appendMany(log, 5);
    }
    try (PartitionLog log = test.open()) {
      assertThat(log.unavailable()).isEmpty();
      assertThat(log.highWatermark()).isEqualTo(2 + CLAIMED + 5);
      assertThat(log.offsetForTimestamp(0)).contains(new TimestampedOffset(0, test.clock.millis()));
      assertThat(TestLog.values(log, 1 + CLAIMED)).hasSize(6).startsWith("behind");
    }
  }

  @Test
  void headersThatContradictThemselvesAreRefusedInsteadOfStored() {
    try (PartitionLog log = test.open()) {
      ByteBuffer noRecords = ForgedBatch.of(Compression.NONE, 0, new byte[9]);
      assertThat(TestLog.failure(log.append(noRecords)).code()).isEqualTo(Code.INVALID_BATCH);
      ByteBuffer manyRecords = ForgedBatch.of(Compression.NONE, 1_000_000, new byte[9]);
      assertThat(TestLog.failure(log.append(manyRecords)).code()).isEqualTo(Code.INVALID_BATCH);
      ByteBuffer control = malformed(Compression.NONE).putShort(BatchLayout.ATTRIBUTES, (short) 32);
      ForgedBatch.fixChecksum(control);
      assertThat(TestLog.failure(log.append(control)).code()).isEqualTo(Code.INVALID_BATCH);
      ByteBuffer wrongChecksum = malformed(Compression.NONE).put(70, (byte) 1);
      assertThat(TestLog.failure(log.append(wrongChecksum)).code()).isEqualTo(Code.INVALID_BATCH);
      assertThat(log.highWatermark()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void compactedTopicsRefuseThemInsteadOfStoringThem(Compression compression) {
    test.settings = test.settings.withCompaction(Compaction.DEFAULT);
    try (PartitionLog log = test.open()) {
      assertThat(TestLog.failure(log.append(malformed(compression))).code())
          .isEqualTo(Code.INVALID_BATCH);
      assertThat(TestLog.failure(test.append(log, "without a key")).code())
          .isEqualTo(Code.INVALID_RECORD);
      assertThat(log.highWatermark()).isZero();
    }
  }

  private void fill(PartitionLog log, Compression compression) {
    test.append(log, "before").join();
    log.append(malformed(compression)).join();
    test.append(log, "behind").join();
  }

  /** Three records are claimed; what is there is not even compressed as the header says. */
  private static ByteBuffer malformed(Compression compression) {
    return ForgedBatch.of(compression, CLAIMED, "not records at all, but a text".getBytes(UTF_8));
  }

  /** The values of a batch's records up to the error, and the error. */
  private static String values(RecordBatch batch) {
    StringBuilder values = new StringBuilder();
    try {
      for (LogRecord record : batch.records()) {
        values.append(new String(record.valueBytes(), UTF_8));
      }
    } catch (StorageException e) {
      values.append(e.code()).append(e.getMessage());
    }
    return values.toString();
  }

  private static ByteBuffer fetched(PartitionLog log, long offset) throws IOException {
    try (LogRegion region = log.readRegion(offset, READ_BYTES).orElseThrow()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      long sent = region.transferTo(Channels.newChannel(bytes), 0);
      assertThat(sent).isEqualTo(region.sizeBytes());
      return ByteBuffer.wrap(bytes.toByteArray());
    }
  }
}
