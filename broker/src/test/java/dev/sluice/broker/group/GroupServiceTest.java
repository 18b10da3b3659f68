package dev.sluice.broker.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.partition.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupServiceTest {

  private static final PartitionId ORDERS = new PartitionId("orders", 0);
  private static final long PRODUCER = 7;

  private final FaultyStorage storage = new FaultyStorage(1);

  @Test
  void nothingIsCreatedBeforeSomeoneCommits() {
    try (TestGroups test = TestGroups.open(storage)) {
      assertThat(test.groups.offsets().list()).isEmpty();
      assertThat(test.groups.offsets().committed("g")).isEmpty();
      assertThat(test.groups.offsets().readers("orders")).isEmpty();
      test.groups.offsets().delete("g");
      assertThat(test.broker.topics().find("__consumer_offsets")).isEmpty();

      commit(test, "g", 1);
      assertThat(test.broker.topics().find("__consumer_offsets")).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void whatIsCommittedSurvivesAPowerCut(Loss loss) {
    TestGroups test = TestGroups.open(storage);
    commit(test, "g", 7);
    commit(test, "g", 5);
    commit(test, "other", 9);
    storage.restart(loss);
    test.close();
    try (TestGroups again = TestGroups.open(storage)) {
      assertThat(again.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 5L));
      assertThat(again.groups.offsets().list())
          .extracting(GroupOverview::name)
          .containsExactly("g", "other");
      commit(again, "g", 6);
      assertThat(again.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 6L));
    }
  }

  @Test
  void manyCommitsAtATimeAllCount() {
    try (TestGroups test = TestGroups.open(storage)) {
      List<CompletableFuture<Void>> commits = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String group = "g" + i;
        commits.add(
            CompletableFuture.runAsync(
                () -> commit(test, group, 3), task -> Thread.ofVirtual().start(task)));
      }
      commits.forEach(CompletableFuture::join);
      assertThat(test.groups.offsets().readers("orders")).hasSize(200);
    }
  }

  @Test
  void offsetsInATransactionCountWhenItIsCommittedThoughTheBrokerDiedMeanwhile() {
    TestGroups test = TestGroups.open(storage);
    commit(test, "g", 1);
    assertThat(commitInTransaction(test, 8, (short) 0)).isEqualTo(Errors.NONE);
    assertThat(fetchStable(test)).isEqualTo(Errors.UNSTABLE_OFFSET_COMMIT);
    assertThat(test.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 1L));
    storage.restart(Loss.ALL);
    test.close();

    try (TestGroups again = TestGroups.open(storage)) {
      assertThat(fetchStable(again)).isEqualTo(Errors.UNSTABLE_OFFSET_COMMIT);
      end(again, (short) 0, TransactionResult.COMMIT);
      assertThat(fetchStable(again)).isEqualTo(Errors.NONE);
      assertThat(again.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 8L));
      assertThat(again.broker.partition(partition(again).topic(), partition(again).partition()))
          .satisfies(
              log ->
                  assertThat(log.transactions().lastStableOffset()).isEqualTo(log.highWatermark()));
    }
    try (TestGroups again = TestGroups.open(storage)) {
      assertThat(again.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 8L));
    }
  }

  @Test
  void offsetsInAnAbortedTransactionNeverCount() {
    try (TestGroups test = TestGroups.open(storage)) {
      commit(test, "g", 1);
      assertThat(commitInTransaction(test, 8, (short) 0)).isEqualTo(Errors.NONE);
      end(test, (short) 0, TransactionResult.ABORT);
      assertThat(test.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 1L));
    }
    try (TestGroups again = TestGroups.open(storage)) {
      assertThat(again.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 1L));
      assertThat(fetchStable(again)).isEqualTo(Errors.NONE);
    }
  }

  @Test
  void aFencedProducerIsRefusedAndHarmsNobody() {
    try (TestGroups test = TestGroups.open(storage)) {
      assertThat(commitInTransaction(test, 8, (short) 3)).isEqualTo(Errors.NONE);
      assertThat(commitInTransaction(test, 9, (short) 2)).isEqualTo(Errors.INVALID_PRODUCER_EPOCH);
      end(test, (short) 3, TransactionResult.COMMIT);
      assertThat(test.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 8L));
    }
  }

  @Test
  void commitsGoOnOnceTheDiskHasRoomAgain() {
    try (TestGroups test = TestGroups.open(storage)) {
      commit(test, "g", 1);
      storage.setCapacity(storage.usedBytes() + 10);
      CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> commit(test, "g", 2));
      TestGroups.await(() -> test.groups.isActive(partition(test)), false);
      storage.setCapacity(Long.MAX_VALUE);
      waiting.join();
      assertThat(test.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 2L));
    }
    try (TestGroups again = TestGroups.open(storage)) {
      assertThat(again.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 2L));
    }
  }

  @Test
  void commitsGoOnOnceThePartitionIsOpenAgain() {
    try (TestGroups test = TestGroups.open(storage)) {
      commit(test, "g", 1);
      storage.failForces(1);
      commit(test, "g", 2);
      assertThat(test.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 2L));
    }
  }

  @Test
  void offsetsOfADeletedTopicAreForgotten() {
    try (TestGroups test = TestGroups.open(storage)) {
      test.broker.topics().create("kept", 1, TopicConfig.FOREVER);
      commit(test, "g", 7);
      PartitionId kept = new PartitionId("kept", 0);
      test.groups.offsets().commit("g", Map.of(kept, 3L));
      test.broker.topics().delete("orders");
      TestGroups.await(() -> test.groups.offsets().committed("g"), Map.of(kept, 3L));
    }
  }

  @Test
  void offsetsOfATopicThatWasDeletedWhileTheGroupsWereAsleepAreForgotten() {
    try (TestGroups test = TestGroups.open(storage)) {
      commit(test, "g", 7);
    }
    try (TestGroups again = TestGroups.open(storage)) {
      again.broker.topics().delete("orders");
      again.broker.topics().create("orders", 1, TopicConfig.FOREVER);
      assertThat(again.groups.offsets().committed("g")).isEmpty();
    }
  }

  @Test
  void aDeletedGroupIsGone() {
    try (TestGroups test = TestGroups.open(storage)) {
      commit(test, "g", 7);
      test.groups.offsets().delete("g");
      test.groups.offsets().delete("g");
      assertThat(test.groups.offsets().list()).isEmpty();
    }
    try (TestGroups again = TestGroups.open(storage)) {
      assertThat(again.groups.offsets().list()).isEmpty();
      assertThat(again.groups.offsets().committed("g")).isEmpty();
    }
  }

  @Test
  void lagIsWhatTheGroupHasNotRead() {
    try (TestGroups test = TestGroups.open(storage)) {
      commit(test, "g", 0);
      commit(test, "gone", 4);
      assertThat(test.groups.offsets().progress("g"))
          .containsExactly(new PartitionProgress(ORDERS, 0, 0, 0));
      assertThat(new PartitionProgress(ORDERS, 3, 5, 9).lag()).isEqualTo(4);
      assertThat(new PartitionProgress(ORDERS, 7, 5, 9).lag()).isEqualTo(2);
      assertThat(new PartitionProgress(ORDERS, 12, 5, 9).lag()).isZero();
    }
  }

  @Test
  void settingsOfAGroupReachTheCoordinatorAtTheStartAndLater() {
    try (TestGroups test = TestGroups.open(storage)) {
      var unused = test.broker.metadata().change(sessionTimeout("before", 7_000));
      commit(test, "g", 1);
      assertThat(sessionTimeout(test, "before")).hasValue(7_000);
      var unused2 = test.broker.metadata().change(sessionTimeout("after", 8_000));
      TestGroups.await(() -> sessionTimeout(test, "after"), OptionalInt.of(8_000));
    }
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    try (TestGroups test = TestGroups.open(storage)) {
      assertThatThrownBy(() -> commit(test, "", 1))
          .isInstanceOfSatisfying(
              GroupException.class,
              e -> assertThat(e.code()).isEqualTo(GroupException.Code.INVALID));
    }
  }

  @Test
  void aClosedServiceStartsNothing() {
    try (TestGroups test = TestGroups.open(storage)) {
      test.groups.close();
      assertThatThrownBy(test.groups::coordinator)
          .isInstanceOf(CoordinatorNotAvailableException.class);
      assertThat(test.broker.topics().find("__consumer_offsets")).isEmpty();
    }
  }

  private static void commit(TestGroups test, String group, long offset) {
    test.groups.offsets().commit(group, Map.of(ORDERS, offset));
  }

  private static TopicPartition partition(TestGroups test) {
    return test.groups.partitionOf("g");
  }

  private static Errors commitInTransaction(TestGroups test, long offset, short epoch) {
    TxnOffsetCommitRequestData request =
        new TxnOffsetCommitRequestData()
            .setTransactionalId("t")
            .setGroupId("g")
            .setProducerId(PRODUCER)
            .setProducerEpoch(epoch)
            .setTopics(
                List.of(
                    new TxnOffsetCommitRequestTopic()
                        .setName("orders")
                        .setPartitions(
                            List.of(
                                new TxnOffsetCommitRequestPartition()
                                    .setPartitionIndex(0)
                                    .setCommittedOffset(offset)
                                    .setCommittedMetadata("")))));
    TxnOffsetCommitResponseData response =
        test.groups
            .coordinator()
            .commitTransactionalOffsets(
                new LocalCaller(ApiKeys.TXN_OFFSET_COMMIT), request, BufferSupplier.NO_CACHING)
            .join();
    return Errors.forCode(response.topics().getFirst().partitions().getFirst().errorCode());
  }

  private static void end(TestGroups test, short epoch, TransactionResult result) {
    test.groups.completeTransaction(partition(test), PRODUCER, epoch, 0, result).join();
  }

  private static Errors fetchStable(TestGroups test) {
    OffsetFetchRequestGroup request =
        new OffsetFetchRequestGroup()
            .setGroupId("g")
            .setTopics(
                List.of(
                    new OffsetFetchRequestTopics()
                        .setName("orders")
                        .setPartitionIndexes(List.of(0))));
    return Errors.forCode(
        test.groups
            .coordinator()
            .fetchOffsets(new LocalCaller(ApiKeys.OFFSET_FETCH), request, true)
            .join()
            .topics()
            .getFirst()
            .partitions()
            .getFirst()
            .errorCode());
  }

  private static MetadataCommand sessionTimeout(String group, int millis) {
    return new MetadataCommand.PutGroupSettings(
        group, Map.of(GroupConfig.CONSUMER_SESSION_TIMEOUT_MS_CONFIG, Integer.toString(millis)));
  }

  private static OptionalInt sessionTimeout(TestGroups test, String group) {
    return test.groups
        .coordinator()
        .groupConfig(group)
        .map(config -> OptionalInt.of(config.consumerSessionTimeoutMs()))
        .orElse(OptionalInt.empty());
  }
}
