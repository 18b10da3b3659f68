package dev.sluice.log.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.record.GeneratedRecords.Generated;
import dev.sluice.log.record.GeneratedRecords.Producer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.jspecify.annotations.Nullable;

/** Batches as Kafka's own classes build and read them, compared with ours. */
final class KafkaBatches {

  /** No delete horizon. */
  static final long NONE = -1;

  private KafkaBatches() {}

  static ByteBuffer build(
      List<Generated> records, Producer producer, Compression compression, long baseOffset) {
    return build(records, producer, compression, baseOffset, TimestampType.CREATE_TIME, NONE, NONE);
  }

  static ByteBuffer build(
      List<Generated> records,
      Producer producer,
      Compression compression,
      long baseOffset,
      TimestampType timestampType,
      long appendTimeMillis,
      long deleteHorizonMillis) {
    try (MemoryRecordsBuilder builder =
        new MemoryRecordsBuilder(
            new ByteBufferOutputStream(1024),
            org.apache.kafka.common.record.RecordBatch.MAGIC_VALUE_V2,
            org.apache.kafka.common.compress.Compression.of(
                    CompressionType.forId(compression.ordinal()))
                .build(),
            timestampType,
            baseOffset,
            appendTimeMillis,
            producer.id(),
            producer.epoch(),
            producer.baseSequence(),
            producer.isTransactional(),
            false,
            3,
            1 << 20,
            deleteHorizonMillis)) {
      records.forEach(record -> builder.append(simple(record)));
      return builder.build().buffer();
    }
  }

  static MutableRecordBatch read(ByteBuffer bytes) {
    MutableRecordBatch batch = MemoryRecords.readableRecords(copy(bytes)).batchIterator().next();
    batch.ensureValid();
    return batch;
  }

  static RecordBatch first(ByteBuffer bytes) {
    RecordBatch batch = new RecordBatches(bytes).iterator().next();
    batch.validate();
    return batch;
  }

  static SimpleRecord simple(Generated record) {
    Header[] headers =
        record.headers().stream()
            .map(header -> new RecordHeader(header.key(), header.value()))
            .toArray(Header[]::new);
    return new SimpleRecord(record.timestampMillis(), record.key(), record.value(), headers);
  }

  /** Compares the headers of the same batch, as Kafka's class and ours read them. */
  static void assertSameHeader(MutableRecordBatch kafka, RecordBatch ours) {
    assertThat(ours.sizeBytes()).isEqualTo(kafka.sizeInBytes());
    assertThat(ours.baseOffset()).isEqualTo(kafka.baseOffset());
    assertThat(ours.lastOffset()).isEqualTo(kafka.lastOffset());
    assertThat(ours.nextOffset()).isEqualTo(kafka.nextOffset());
    assertThat(ours.count()).isEqualTo(kafka.countOrNull());
    assertThat(ours.leaderEpoch()).isEqualTo(kafka.partitionLeaderEpoch());
    assertThat(ours.compression().ordinal()).isEqualTo(kafka.compressionType().id);
    assertThat(ours.maxTimestampMillis()).isEqualTo(kafka.maxTimestamp());
    assertThat(ours.timestampType().ordinal()).isEqualTo(kafka.timestampType().id);
    assertThat(ours.deleteHorizonMillis()).isEqualTo(kafka.deleteHorizonMs());
    assertThat(ours.hasProducerId()).isEqualTo(kafka.hasProducerId());
    assertThat(ours.producerId()).isEqualTo(kafka.producerId());
    assertThat(ours.producerEpoch()).isEqualTo(kafka.producerEpoch());
    assertThat(ours.baseSequence()).isEqualTo(kafka.baseSequence());
    assertThat(ours.lastSequence()).isEqualTo(kafka.lastSequence());
    assertThat(ours.isTransactional()).isEqualTo(kafka.isTransactional());
    assertThat(ours.isControl()).isEqualTo(kafka.isControlBatch());
  }

  /** Compares what Kafka and we read from the same batch with what went in. */
  static void assertSameRecords(
      ByteBuffer bytes, List<Generated> expected, ToLongFunction<Generated> timestamp) {
    Iterator<Record> kafka = read(bytes).iterator();
    Iterator<LogRecord> ours = first(bytes).records().iterator();
    long offset = first(bytes).baseOffset();
    for (Generated record : expected) {
      Record theirs = kafka.next();
      LogRecord read = ours.next();
      assertThat(theirs.offset()).isEqualTo(offset);
      assertThat(read.offset()).isEqualTo(offset++);
      assertThat(theirs.timestamp()).isEqualTo(timestamp.applyAsLong(record));
      assertThat(read.timestampMillis()).isEqualTo(timestamp.applyAsLong(record));
      assertBytes(theirs.key(), record.key());
      assertBytes(read.key(), record.key());
      assertBytes(theirs.value(), record.value());
      assertBytes(read.value(), record.value());
      assertHeaders(ours(theirs.headers()), record.headers());
      assertHeaders(read.headers(), record.headers());
    }
    assertThat(kafka.hasNext()).isFalse();
    assertThat(ours.hasNext()).isFalse();
  }

  static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
  }

  private static List<dev.sluice.log.record.RecordHeader> ours(Header[] headers) {
    return Arrays.stream(headers)
        .map(header -> new dev.sluice.log.record.RecordHeader(header.key(), header.value()))
        .toList();
  }

  private static void assertHeaders(
      List<dev.sluice.log.record.RecordHeader> headers,
      List<dev.sluice.log.record.RecordHeader> expected) {
    assertThat(headers).hasSameSizeAs(expected);
    for (int i = 0; i < headers.size(); i++) {
      assertThat(headers.get(i).key()).isEqualTo(expected.get(i).key());
      assertThat(Arrays.equals(headers.get(i).value(), expected.get(i).value())).isTrue();
    }
  }

  private static void assertBytes(@Nullable ByteBuffer view, byte @Nullable [] expected) {
    if (view == null || expected == null) {
      assertThat(view == null).isEqualTo(expected == null);
    } else {
      assertThat(view.equals(ByteBuffer.wrap(expected))).isTrue();
    }
  }
}
