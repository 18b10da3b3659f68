package dev.sluice.log.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.record.GeneratedRecords.Generated;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the codec against Kafka's own, in both directions. */
class KafkaOracleTest {

  private static final int BATCHES = Boolean.getBoolean("long") ? 20_000 : 300;
  private static final long SEED = 20_240_117;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void kafkaReadsWhatIsBuiltHere(Compression compression) {
    GeneratedRecords generated = new GeneratedRecords(SEED + compression.ordinal());
    RecordBatchBuilder builder = new RecordBatchBuilder(compression, 100);
    for (int i = 0; i < BATCHES; i++) {
      List<Generated> records = generated.batch();
      builder.reset();
      append(builder, records);

      MemoryRecords read = MemoryRecords.readableRecords(copy(builder.build().bytes()));
      MutableRecordBatch batch = read.batchIterator().next();
      batch.ensureValid();

      assertThat(batch.countOrNull()).isEqualTo(records.size());
      assertThat(batch.compressionType().id).isEqualTo((byte) compression.ordinal());
      assertThat(batch.maxTimestamp())
          .isEqualTo(records.stream().mapToLong(Generated::timestampMillis).max().orElseThrow());
      Iterator<Record> kafka = batch.iterator();
      for (int j = 0; j < records.size(); j++) {
        assertSame(kafka.next(), records.get(j), j);
      }
      assertThat(kafka.hasNext()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsWhatKafkaBuilds(Compression compression) {
    GeneratedRecords generated = new GeneratedRecords(SEED - compression.ordinal());
    for (int i = 0; i < BATCHES; i++) {
      List<Generated> records = generated.batch();
      ByteBuffer bytes = kafkaBatch(records, compression, 17 + i);

      RecordBatch batch = new RecordBatches(bytes).iterator().next();
      batch.validate();

      assertThat(batch.sizeBytes()).isEqualTo(bytes.remaining());
      assertThat(batch.baseOffset()).isEqualTo(17 + i);
      assertThat(batch.lastOffset()).isEqualTo(17 + i + records.size() - 1);
      assertThat(batch.producerId()).isEqualTo(5);
      assertThat(batch.producerEpoch()).isEqualTo((short) 2);
      assertThat(batch.baseSequence()).isEqualTo(9);
      assertThat(batch.leaderEpoch()).isEqualTo(3);
      assertThat(batch.isTransactional()).isTrue();
      assertThat(batch.isControl()).isFalse();
      Iterator<LogRecord> read = batch.records().iterator();
      for (int j = 0; j < records.size(); j++) {
        assertSame(read.next(), records.get(j), 17 + i + j);
      }
      assertThat(read.hasNext()).isFalse();
    }
  }

  @Test
  void buildsTheSameBytesAsKafka() {
    GeneratedRecords generated = new GeneratedRecords(SEED);
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (int i = 0; i < BATCHES; i++) {
      List<Generated> records = generated.batch();
      builder.reset();
      append(builder, records);
      MemoryRecords kafka =
          MemoryRecords.withRecords(
              org.apache.kafka.common.compress.Compression.NONE,
              records.stream().map(KafkaOracleTest::simple).toArray(SimpleRecord[]::new));

      assertThat(builder.build().bytes()).isEqualTo(kafka.buffer());
    }
  }

  private static void append(RecordBatchBuilder builder, List<Generated> records) {
    for (Generated record : records) {
      builder.append(record.timestampMillis(), record.key(), record.value(), record.headers());
    }
  }

  private static ByteBuffer kafkaBatch(
      List<Generated> records, Compression compression, long baseOffset) {
    return MemoryRecords.withRecords(
            org.apache.kafka.common.record.RecordBatch.MAGIC_VALUE_V2,
            baseOffset,
            org.apache.kafka.common.compress.Compression.of(
                    CompressionType.forId(compression.ordinal()))
                .build(),
            TimestampType.CREATE_TIME,
            5L,
            (short) 2,
            9,
            3,
            true,
            records.stream().map(KafkaOracleTest::simple).toArray(SimpleRecord[]::new))
        .buffer();
  }

  private static SimpleRecord simple(Generated record) {
    Header[] headers =
        record.headers().stream()
            .map(header -> new RecordHeader(header.key(), header.value()))
            .toArray(Header[]::new);
    return new SimpleRecord(record.timestampMillis(), record.key(), record.value(), headers);
  }

  private static void assertSame(Record kafka, Generated expected, long offset) {
    assertThat(kafka.offset()).isEqualTo(offset);
    assertThat(kafka.timestamp()).isEqualTo(expected.timestampMillis());
    assertBytes(kafka.key(), expected.key());
    assertBytes(kafka.value(), expected.value());
    List<dev.sluice.log.record.RecordHeader> headers = new ArrayList<>();
    for (Header header : kafka.headers()) {
      headers.add(new dev.sluice.log.record.RecordHeader(header.key(), header.value()));
    }
    assertHeaders(headers, expected.headers());
  }

  private static void assertSame(LogRecord read, Generated expected, long offset) {
    assertThat(read.offset()).isEqualTo(offset);
    assertThat(read.timestampMillis()).isEqualTo(expected.timestampMillis());
    assertThat(read.keyBytes()).isEqualTo(expected.key());
    assertThat(read.valueBytes()).isEqualTo(expected.value());
    assertHeaders(read.headers(), expected.headers());
  }

  private static void assertHeaders(
      List<dev.sluice.log.record.RecordHeader> headers,
      List<dev.sluice.log.record.RecordHeader> expected) {
    assertThat(headers).hasSameSizeAs(expected);
    for (int i = 0; i < headers.size(); i++) {
      assertThat(headers.get(i).key()).isEqualTo(expected.get(i).key());
      assertThat(headers.get(i).value()).isEqualTo(expected.get(i).value());
    }
  }

  private static void assertBytes(@Nullable ByteBuffer view, byte @Nullable [] expected) {
    if (view == null || expected == null) {
      assertThat(view == null).isEqualTo(expected == null);
    } else {
      byte[] bytes = new byte[view.remaining()];
      view.get(view.position(), bytes);
      assertThat(Arrays.equals(bytes, expected)).isTrue();
    }
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }
}
