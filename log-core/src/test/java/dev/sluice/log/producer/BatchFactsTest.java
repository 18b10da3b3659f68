package dev.sluice.log.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.producer.KafkaBatches.Data;
import dev.sluice.log.record.ControlMarker;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.LeaderChangeMessage;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BatchFactsTest {

  @Test
  void saysWhatKafkaSays() {
    for (MemoryRecords records :
        List.of(
            new Data(7, 2, 100, 3, true, 1_000).at(50),
            new Data(7, 2, 0, 1, false, 1_000).at(0),
            new Data(7, 2, Integer.MAX_VALUE, 1, false, 1_000).at(50),
            new Data(7, 2, Integer.MAX_VALUE - 1, 5, false, 1_000).at(50),
            new Data(-1, -1, -1, 2, false, 1_000).at(50),
            KafkaBatches.marker(7, 2, true, 4, 50, 1_000))) {
      RecordBatch kafka = KafkaBatches.batch(records);

      BatchFacts facts = KafkaBatches.facts(records);

      assertThat(facts.producerId()).isEqualTo(kafka.producerId());
      assertThat(facts.producerEpoch()).isEqualTo(kafka.producerEpoch());
      assertThat(facts.baseSequence()).isEqualTo(kafka.baseSequence());
      assertThat(facts.lastSequence()).isEqualTo(kafka.lastSequence());
      assertThat(facts.baseOffset()).isEqualTo(kafka.baseOffset());
      assertThat(facts.lastOffset()).isEqualTo(kafka.lastOffset());
      assertThat(facts.maxTimestampMillis()).isEqualTo(kafka.maxTimestamp());
      assertThat(facts.isTransactional()).isEqualTo(kafka.isTransactional());
      assertThat(facts.isControl()).isEqualTo(kafka.isControlBatch());
      assertThat(facts.hasProducer()).isEqualTo(kafka.hasProducerId());
    }
  }

  @Test
  void readsTheMarkerOfAControlBatch() {
    assertThat(KafkaBatches.facts(KafkaBatches.marker(7, 2, true, 4, 50, 1)).marker())
        .isEqualTo(new ControlMarker(ControlMarker.Type.ABORT, 4));
    assertThat(KafkaBatches.facts(KafkaBatches.marker(7, 2, false, 5, 50, 1)).marker())
        .isEqualTo(new ControlMarker(ControlMarker.Type.COMMIT, 5));
  }

  @Test
  void leavesOtherControlRecordsAlone() {
    MemoryRecords leaderChange =
        MemoryRecords.withLeaderChangeMessage(
            0, 0, 1, ByteBuffer.allocate(200), new LeaderChangeMessage());

    BatchFacts facts = KafkaBatches.facts(leaderChange);

    assertThat(facts.isControl()).isTrue();
    assertThat(facts.marker()).isNull();
  }

  @Test
  void leavesAControlBatchWithoutRecordsAlone() {
    ByteBuffer bytes = ByteBuffer.allocate(61);
    DefaultRecordBatch.writeEmptyHeader(
        bytes, (byte) 2, 7, (short) 2, -1, 50, 50, 3, TimestampType.CREATE_TIME, 1_000, true, true);

    BatchFacts facts = BatchFacts.of(bytes.flip(), 0);

    assertThat(facts.isControl()).isTrue();
    assertThat(facts.marker()).isNull();
  }

  @Test
  void needsTheHeaderOnlyUnlessItIsAControlBatch() {
    ByteBuffer data = new Data(7, 2, 100, 3, true, 1_000).at(50).buffer().limit(61);
    ByteBuffer marker = KafkaBatches.marker(7, 2, true, 4, 50, 1_000).buffer().limit(70);

    assertThat(BatchFacts.of(data, 0).lastOffset()).isEqualTo(52);
    assertThatThrownBy(() -> BatchFacts.of(marker, 0))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_BATCH));
  }

  @Test
  void anyByteOfAMarkerMayBeWrong() {
    byte[] good = new byte[KafkaBatches.marker(7, 2, true, 4, 50, 1_000).sizeInBytes()];
    KafkaBatches.marker(7, 2, true, 4, 50, 1_000).buffer().get(good);
    for (int i = 0; i < good.length; i++) {
      for (int xor : new int[] {1, 0x80, 0xff}) {
        byte[] bad = good.clone();
        bad[i] ^= (byte) xor;
        try {
          assertThat(BatchFacts.of(ByteBuffer.wrap(bad), 0).toString()).isNotEmpty();
        } catch (StorageException e) {
          assertThat(e.code()).isEqualTo(Code.INVALID_BATCH);
        }
      }
    }
  }

  @Test
  void movesToAnotherOffset() {
    BatchFacts facts = KafkaBatches.facts(new Data(7, 2, 100, 3, true, 1_000).at(0));

    assertThat(facts.movedTo(50))
        .isEqualTo(KafkaBatches.facts(new Data(7, 2, 100, 3, true, 1_000).at(50)));
  }
}
