package dev.sluice.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.transaction.TransactionCoordinatorRecordSerde;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands in the log is a promise to data directories that are out there, and Kafka's. */
class TransactionRecordsTest {

  private static Transaction transaction(TransactionState state) {
    return new Transaction(
        state,
        new ProducerIdentity(7, Short.MAX_VALUE),
        6,
        1_000,
        (short) (Short.MAX_VALUE - 1),
        60_000,
        state == TransactionState.EMPTY
            ? Set.of()
            : Set.of(new TopicPartition("a", 0), new TopicPartition("a", 2)),
        1_700_000_000_000L,
        1_700_000_000_001L,
        (short) 2);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "EMPTY",
        "ONGOING",
        "PREPARE_COMMIT",
        "PREPARE_ABORT",
        "COMPLETE_COMMIT",
        "COMPLETE_ABORT"
      })
  void everyComponentComesBack(TransactionState state) {
    ByteBuffer value = ByteBuffer.wrap(TransactionRecords.value(transaction(state)));
    assertThat(TransactionRecords.readValue(value)).isEqualTo(transaction(state));
    assertThat(TransactionRecords.readKey(ByteBuffer.wrap(TransactionRecords.key("id"))))
        .contains("id");
  }

  @Test
  void kafkaReadsWhatWeWrite() {
    CoordinatorRecord record =
        new TransactionCoordinatorRecordSerde()
            .deserialize(
                ByteBuffer.wrap(TransactionRecords.key("id")),
                ByteBuffer.wrap(
                    TransactionRecords.value(transaction(TransactionState.PREPARE_COMMIT))));
    assertThat(record.key()).isEqualTo(new TransactionLogKey().setTransactionalId("id"));
    assertThat(record.value().version()).isEqualTo((short) 1);
    TransactionLogValue value = (TransactionLogValue) record.value().message();
    assertThat(value.producerId()).isEqualTo(7);
    assertThat(value.producerEpoch()).isEqualTo(Short.MAX_VALUE);
    assertThat(value.previousProducerId()).isEqualTo(6);
    assertThat(value.nextProducerId()).isEqualTo(1_000);
    assertThat(value.transactionStatus()).isEqualTo(TransactionState.PREPARE_COMMIT.id());
    assertThat(value.clientTransactionVersion()).isEqualTo((short) 2);
  }

  @Test
  void theBytesStayTheSame() {
    Transaction one =
        new Transaction(
            TransactionState.ONGOING,
            new ProducerIdentity(7, (short) 3),
            7,
            -1,
            (short) 2,
            60_000,
            Set.of(new TopicPartition("a", 2)),
            1_700_000_000_000L,
            1_700_000_000_001L,
            (short) 0);
    assertThat(HexFormat.of().formatHex(TransactionRecords.key("id")))
        .isEqualTo("0000" + "0002" + "6964");
    assertThat(HexFormat.of().formatHex(TransactionRecords.value(one)))
        .isEqualTo(
            "0001" // version
                + "0000000000000007" // producer id
                + "0003" // epoch
                + "0000ea60" // timeout
                + "01" // ongoing
                + "02"
                + "0261"
                + "02"
                + "00000002"
                + "00" // a-2
                + "0000018bcfe56801" // updated
                + "0000018bcfe56800" // started
                + "02" // two tagged fields
                + "00"
                + "08"
                + "0000000000000007" // the previous producer id
                + "904e"
                + "02"
                + "0002"); // ours: the last epoch
  }

  @Test
  void whatKafkaWritesIsRead() {
    // Version 0, as a cluster before transaction.version 1 has it: no tagged fields.
    String version0 =
        "0000"
            + "0000000000000007"
            + "0003"
            + "0000ea60"
            + "00"
            + "ffffffff"
            + "0000018bcfe56801"
            + "ffffffffffffffff";
    Transaction read =
        TransactionRecords.readValue(ByteBuffer.wrap(HexFormat.of().parseHex(version0)));
    assertThat(read.state()).isEqualTo(TransactionState.EMPTY);
    assertThat(read.producer()).isEqualTo(new ProducerIdentity(7, (short) 3));
    assertThat(read.lastEpoch()).isEqualTo(ProducerIdentity.NO_EPOCH);
    assertThat(read.partitions()).isEmpty();
  }

  @Test
  void whatALaterVersionMayHaveWrittenIsNotGuessedAt() {
    assertThat(TransactionRecords.readKey(ByteBuffer.wrap(new byte[] {0, 1, 0, 0}))).isEmpty();
    assertThatThrownBy(() -> TransactionRecords.readValue(ByteBuffer.wrap(new byte[] {0, 2})))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 2");
  }
}
