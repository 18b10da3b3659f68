package dev.sluice.log.record;

import static dev.sluice.log.record.KafkaBatches.NONE;
import static dev.sluice.log.record.KafkaBatches.assertSameHeader;
import static dev.sluice.log.record.KafkaBatches.assertSameRecords;
import static dev.sluice.log.record.KafkaBatches.copy;
import static dev.sluice.log.record.KafkaBatches.first;
import static dev.sluice.log.record.KafkaBatches.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.record.GeneratedRecords.Generated;
import dev.sluice.log.record.GeneratedRecords.Producer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the codec against Kafka's own, in both directions. {@code -Dlong} runs many more. */
class KafkaOracleTest {

  private static final int BATCHES = Boolean.getBoolean("long") ? 4_000 : 80;
  private static final long SEED = Long.getLong("seed", 20_240_117);
  private static final long HORIZON = 1_710_000_000_000L;

  @BeforeAll
  static void printSeed() {
    System.out.println("KafkaOracleTest: " + BATCHES + " batches a case, -Dseed=" + SEED);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void kafkaReadsWhatIsBuiltHere(Compression compression) {
    GeneratedRecords generated = new GeneratedRecords(SEED + compression.ordinal());
    RecordBatchBuilder builder = new RecordBatchBuilder(compression, 100);
    int compressed = 0;
    for (int i = 0; i < BATCHES; i++) {
      List<Generated> records = generated.batch();
      Producer producer = generated.producer();
      build(builder, records, producer);
      ByteBuffer bytes = copy(builder.build().bytes());
      RecordBatches.assign(bytes, 0, 1000 + i, 7);

      MutableRecordBatch kafka = read(bytes);
      assertSameHeader(kafka, first(bytes));
      assertSameRecords(bytes, records, Generated::timestampMillis);

      assertThat(kafka.baseOffset()).isEqualTo(1000 + i);
      assertThat(kafka.partitionLeaderEpoch()).isEqualTo(7);
      assertThat(kafka.countOrNull()).isEqualTo(records.size());
      assertThat(kafka.producerId()).isEqualTo(producer.id());
      assertThat(kafka.producerEpoch()).isEqualTo(producer.epoch());
      assertThat(kafka.baseSequence()).isEqualTo(producer.baseSequence());
      assertThat(kafka.isTransactional()).isEqualTo(producer.isTransactional());
      assertThat(kafka.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
      assertThat(kafka.maxTimestamp())
          .isEqualTo(records.stream().mapToLong(Generated::timestampMillis).max().orElseThrow());
      assertThat(kafka.compressionType().id).isIn((byte) 0, (byte) compression.ordinal());
      compressed += kafka.compressionType().id == compression.ordinal() ? 1 : 0;
    }
    assertThat(compressed).isGreaterThan(BATCHES / 2);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsWhatKafkaBuilds(Compression compression) {
    GeneratedRecords generated = new GeneratedRecords(SEED - compression.ordinal());
    for (int i = 0; i < BATCHES; i++) {
      List<Generated> records = forKafka(generated.batch());
      ByteBuffer bytes = KafkaBatches.build(records, generated.producer(), compression, 17 + i);

      assertSameHeader(read(bytes), first(bytes));
      assertSameRecords(bytes, records, Generated::timestampMillis);
      assertThat(first(bytes).compression()).isEqualTo(compression);
    }
  }

  @Test
  void buildsTheSameBytesAsKafka() {
    GeneratedRecords generated = new GeneratedRecords(SEED);
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (int i = 0; i < BATCHES; i++) {
      List<Generated> records = forKafka(generated.batch());
      build(builder, records, new Producer(-1, (short) -1, -1, false));
      MemoryRecords kafka =
          MemoryRecords.withRecords(
              org.apache.kafka.common.compress.Compression.NONE,
              records.stream().map(KafkaBatches::simple).toArray(SimpleRecord[]::new));

      assertThat(builder.build().bytes().equals(kafka.buffer())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void kafkaReadsTheAppendTimeThatIsStampedHere(Compression compression) {
    GeneratedRecords generated = new GeneratedRecords(SEED + 10 + compression.ordinal());
    RecordBatchBuilder builder = new RecordBatchBuilder(compression, 100);
    for (int i = 0; i < BATCHES / 4; i++) {
      List<Generated> records = generated.batch();
      build(builder, records, generated.producer());
      ByteBuffer stamped = copy(builder.build().bytes());
      MutableRecordBatch kafka = read(stamped);
      kafka.setMaxTimestamp(TimestampType.LOG_APPEND_TIME, HORIZON + i);
      ByteBuffer expected = ByteBuffer.allocate(stamped.limit());
      kafka.writeTo(expected);

      RecordBatches.stamp(stamped, 0, HORIZON + i);

      assertThat(stamped.equals(expected.flip())).isTrue();
      long time = HORIZON + i;
      assertSameRecords(stamped, records, record -> time);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsTheAppendTimeThatKafkaGives(Compression compression) {
    GeneratedRecords generated = new GeneratedRecords(SEED - 10 - compression.ordinal());
    for (int i = 0; i < BATCHES / 4; i++) {
      List<Generated> records = forKafka(generated.batch());
      ByteBuffer bytes =
          KafkaBatches.build(
              records,
              generated.producer(),
              compression,
              i,
              TimestampType.LOG_APPEND_TIME,
              HORIZON,
              NONE);

      assertSameHeader(read(bytes), first(bytes));
      assertSameRecords(bytes, records, record -> HORIZON);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsTheDeleteHorizonThatKafkaSets(Compression compression) {
    GeneratedRecords generated = new GeneratedRecords(SEED + 20 + compression.ordinal());
    for (int i = 0; i < BATCHES / 4; i++) {
      List<Generated> records = forKafka(generated.batch());
      ByteBuffer bytes =
          KafkaBatches.build(
              records,
              generated.producer(),
              compression,
              i,
              TimestampType.CREATE_TIME,
              NONE,
              HORIZON);

      assertThat(first(bytes).deleteHorizonMillis()).isEqualTo(OptionalLong.of(HORIZON));
      assertSameHeader(read(bytes), first(bytes));
      assertSameRecords(bytes, records, Generated::timestampMillis);
    }
  }

  private static void build(
      RecordBatchBuilder builder, List<Generated> records, Producer producer) {
    builder.reset();
    builder.producer(
        producer.id(), producer.epoch(), producer.baseSequence(), producer.isTransactional());
    for (Generated record : records) {
      builder.append(record.timestampMillis(), record.key(), record.value(), record.headers());
    }
  }

  private static List<Generated> forKafka(List<Generated> records) {
    return records.stream().map(Generated::forKafka).toList();
  }
}
