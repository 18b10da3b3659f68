package dev.sluice.log.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.message.LeaderChangeMessage;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.EndTransactionMarker;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlMarkerTest {

  private static final long SEED = 4;
  private static final long TIME = 1_700_000_000_000L;

  @ParameterizedTest
  @EnumSource(ControlMarker.Type.class)
  void hasTheSameBytesAsKafkas(ControlMarker.Type type) {
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      long id = random.nextLong(Long.MAX_VALUE);
      short epoch = (short) random.nextInt(1 + Short.MAX_VALUE);
      ControlMarker marker = new ControlMarker(type, random.nextInt());
      ByteBuffer kafka =
          MemoryRecords.withEndTransactionMarker(0, TIME, -1, id, epoch, kafka(marker)).buffer();

      RecordBatch batch = marker.toBatch(TIME, id, epoch);

      assertThat(batch.bytes()).isEqualTo(kafka);
      assertThat(ControlMarker.of(batch)).contains(marker);
      assertThat(ControlMarker.of(KafkaBatches.first(kafka))).contains(marker);
      MutableRecordBatch read = KafkaBatches.read(batch.bytes());
      KafkaBatches.assertSameHeader(read, batch);
      Record record = read.iterator().next();
      assertThat(EndTransactionMarker.deserialize(record)).isEqualTo(kafka(marker));
    }
  }

  @Test
  void ordinaryBatchesAndControlBatchesOfOtherKindsHaveNone() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(TIME, new byte[] {0, 0, 0, 1}, new byte[6]);
    assertThat(ControlMarker.of(builder.build())).isEmpty();

    MemoryRecords leaderChange =
        MemoryRecords.withLeaderChangeMessage(
            0, TIME, 1, ByteBuffer.allocate(1000), new LeaderChangeMessage());
    assertThat(ControlMarker.of(KafkaBatches.first(leaderChange.buffer()))).isEmpty();
  }

  @Test
  void readsLongerMarkersOfLaterVersions() {
    byte[] key = {0, 1, 0, 1, 77};
    byte[] value = {0, 1, 0, 0, 0, 9, 77};
    assertThat(ControlMarker.of(control(key, value)))
        .contains(new ControlMarker(ControlMarker.Type.COMMIT, 9));
  }

  @Test
  void refusesMalformedMarkers() {
    byte[] key = {0, 0, 0, 1};
    assertMalformed(control(null, new byte[6]));
    assertMalformed(control(new byte[3], new byte[6]));
    assertMalformed(control(new byte[] {-1, 0, 0, 0}, new byte[6]));
    assertMalformed(control(key, null));
    assertMalformed(control(key, new byte[5]));
    assertMalformed(control(key, new byte[] {-1, 0, 0, 0, 0, 0}));
  }

  private static void assertMalformed(RecordBatch batch) {
    assertThatThrownBy(() -> ControlMarker.of(batch))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> assertThat(e.code()).isEqualTo(StorageException.Code.INVALID_BATCH));
  }

  private static RecordBatch control(byte @Nullable [] key, byte @Nullable [] value) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(TIME, key, value);
    builder.control();
    return builder.build();
  }

  private static EndTransactionMarker kafka(ControlMarker marker) {
    ControlRecordType type =
        marker.type() == ControlMarker.Type.COMMIT
            ? ControlRecordType.COMMIT
            : ControlRecordType.ABORT;
    return new EndTransactionMarker(type, marker.coordinatorEpoch());
  }
}
