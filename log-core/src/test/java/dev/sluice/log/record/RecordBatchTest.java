package dev.sluice.log.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordBatchTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] VALUE = "value ".repeat(50).getBytes(UTF_8);
  private static final int LIMIT = 1 << 20;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void requireKeysNamesTheFirstRecordWithoutOne(Compression compression) {
    RecordBatchBuilder builder = new RecordBatchBuilder(compression, 100);
    builder.append(1, KEY, VALUE);
    builder.append(1, new byte[0], null);
    builder.build().requireKeys(LIMIT);

    builder.append(1, null, VALUE);
    builder.append(1, null, VALUE);
    assertThat(builder.build().compression()).isEqualTo(compression);
    assertCode(() -> builder.build().requireKeys(LIMIT), Code.INVALID_RECORD, "Record 2 of");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void requireKeysRefusesMalformedRecords(Compression compression) {
    byte[] packed = ForgedBatch.pack(compression, new byte[] {99, 0, 0, 0, 2, 'k', 1, 0});
    RecordBatch batch = KafkaBatches.first(ForgedBatch.of(compression, 1, packed));
    assertCode(() -> batch.requireKeys(LIMIT), Code.INVALID_BATCH, "offsets 0 to 0");
  }

  @Test
  void requireKeysLetsControlBatchesPass() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(1, null, null);
    builder.control();
    builder.build().requireKeys(LIMIT);
  }

  @Test
  void stampsAnywhereInBuffersOnAndOffTheHeap() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(5, KEY, VALUE);
    builder.append(900, KEY, VALUE);
    ByteBuffer bytes = builder.build().bytes();
    for (ByteBuffer buffer :
        new ByteBuffer[] {
          ByteBuffer.allocate(2000), ByteBuffer.allocateDirect(2000),
          ByteBuffer.allocate(3000).slice(77, 2000), ByteBuffer.allocateDirect(3000).slice(3, 2000)
        }) {
      for (int at : new int[] {0, 1, 13, 700}) {
        buffer.put(at, bytes, 0, bytes.limit());
        RecordBatches.stamp(buffer, at, 700);

        RecordBatch batch =
            new RecordBatches(buffer.slice(at, bytes.limit()).asReadOnlyBuffer()).iterator().next();
        batch.validate();
        assertThat(batch.timestampType()).isEqualTo(TimestampType.APPEND_TIME);
        assertThat(batch.maxTimestampMillis()).isEqualTo(700);
        assertThat(batch.records())
            .extracting(LogRecord::timestampMillis)
            .containsExactly(700L, 700L);
        assertThat(BatchHeader.maxTimestampMillis(buffer, at)).isEqualTo(700);
        assertThat(BatchHeader.baseTimestampMillis(buffer, at)).isEqualTo(5);
      }
    }
  }

  @Test
  void deleteHorizonIsTheTimeThatRecordsCountFrom() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(5, KEY, VALUE);
    builder.append(900, KEY, VALUE);
    ByteBuffer bytes = KafkaBatches.copy(builder.build().bytes());
    assertThat(KafkaBatches.first(bytes).deleteHorizonMillis()).isEmpty();

    bytes.putShort(BatchLayout.ATTRIBUTES, (short) BatchLayout.DELETE_HORIZON_FLAG);
    ForgedBatch.fixChecksum(bytes);

    RecordBatch batch = KafkaBatches.first(bytes);
    assertThat(batch.deleteHorizonMillis()).isEqualTo(OptionalLong.of(5));
    assertThat(batch.records()).extracting(LogRecord::timestampMillis).containsExactly(5L, 900L);
    KafkaBatches.assertSameHeader(KafkaBatches.read(bytes), batch);
  }

  @Test
  void checksumsAndHeadersCostNoMemory() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(5, KEY, new byte[100_000]);
    RecordBatch batch = builder.build();
    Runnable checks =
        () -> {
          for (int i = 0; i < 100; i++) {
            batch.validate();
          }
        };
    checks.run();
    assertThat(Allocation.of(checks)).isLessThan(100 * 100);
  }

  @Test
  void claimedCountsAndLengthsCostNoMemory() {
    byte[] record = {22, 0, 0, 0, 1, -2, -1, -1, -1, 15, 0, 0};
    for (int count : new int[] {1, 100, Integer.MAX_VALUE}) {
      ByteBuffer bytes = ForgedBatch.of(Compression.NONE, count, record);
      RecordBatch batch = new RecordBatches(bytes).iterator().next();
      long allocated =
          Allocation.of(
              () ->
                  assertCode(
                      () -> batch.records().forEach(each -> {}), Code.INVALID_BATCH, "Malformed"));
      assertThat(allocated).isLessThan(1_000_000);
    }
  }

  @Test
  void headerMayNotClaimMoreRecordsThanFit() {
    for (Compression compression : Compression.values()) {
      ByteBuffer bytes = ForgedBatch.of(compression, Integer.MAX_VALUE, new byte[20]);
      RecordBatch batch = new RecordBatches(bytes).iterator().next();
      assertCode(batch::validate, Code.INVALID_BATCH, "can't hold 2147483647 records");
    }
    KafkaBatches.first(ForgedBatch.of(Compression.NONE, 2, new byte[14]));
    RecordBatch tooMany =
        new RecordBatches(ForgedBatch.of(Compression.NONE, 2, new byte[13])).iterator().next();
    assertCode(tooMany::validate, Code.INVALID_BATCH, "can't hold 2 records");
  }

  @Test
  void offsetsWithinABatchRise() {
    byte[] sameOffset = {12, 0, 0, 0, 1, 1, 0, 12, 0, 0, 0, 1, 1, 0};
    RecordBatch batch = KafkaBatches.first(ForgedBatch.of(Compression.NONE, 2, sameOffset));
    Iterator<LogRecord> records = batch.records().iterator();
    assertThat(records.next().offset()).isZero();
    assertCode(records::next, Code.INVALID_BATCH, "does not rise");
    assertThat(records.hasNext()).isFalse();
  }

  @Test
  void errorsNameTheBatchAndWhereItIsFrom() {
    ByteBuffer bytes = ForgedBatch.of(Compression.NONE, 3, new byte[21]);
    RecordBatches.assign(bytes, 0, 40, 0);
    RecordBatch batch = new RecordBatches(bytes, "orders-3").iterator().next();
    assertCode(
        () -> batch.records().forEach(each -> {}),
        Code.INVALID_BATCH,
        "batch with offsets 40 to 42 of orders-3: a record");
  }

  private static void assertCode(ThrowingCallable work, Code code, String message) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
