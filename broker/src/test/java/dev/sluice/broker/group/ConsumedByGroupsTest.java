package dev.sluice.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.manager.ConsumedOffsets;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.record.RecordBatchBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumedByGroupsTest {

  private static final PartitionId FIRST = new PartitionId("t", 0);
  private static final PartitionId SECOND = new PartitionId("t", 1);

  private final TestGroups test = TestGroups.open(new FaultyStorage(1));

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void theSlowestGroupCounts() {
    create(List.of());
    test.groups.offsets().commit("fast", Map.of(FIRST, 5L, SECOND, 5L));
    test.groups.offsets().commit("slow", Map.of(FIRST, 2L, SECOND, 3L));
    assertThat(consumed(Set.of()).of(FIRST)).hasValue(2);
    assertThat(consumed(Set.of()).of(SECOND)).hasValue(3);
  }

  @Test
  void aGroupThatHasReadOnlyPartOfTheTopicHoldsTheRest() {
    create(List.of());
    test.groups.offsets().commit("g", Map.of(FIRST, 5L));
    assertThat(consumed(Set.of()).of(SECOND)).hasValue(0);
  }

  @Test
  void aDeclaredGroupHoldsEverythingThoughItHasNeverRun() {
    create(List.of());
    test.groups.offsets().commit("g", Map.of(FIRST, 5L));
    assertThat(consumed(Set.of("connect-new")).of(FIRST)).hasValue(0);
  }

  @Test
  void onlyNamedGroupsCountWhereTheTopicNamesThem() {
    create(List.of("audit"));
    test.groups.offsets().commit("audit", Map.of(FIRST, 4L));
    test.groups.offsets().commit("other", Map.of(FIRST, 1L));
    assertThat(consumed(Set.of("connect-new")).of(FIRST)).hasValue(4);
  }

  @Test
  void anOffsetBehindTheEndCountsAsNone() {
    create(List.of());
    test.groups.offsets().commit("g", Map.of(FIRST, 6L));
    assertThat(consumed(Set.of()).of(FIRST)).hasValue(0);
  }

  @Test
  void nothingIsConsumedWithoutGroupsOrWhereReadingDeletesNothing() {
    create(List.of());
    assertThat(consumed(Set.of()).of(FIRST)).isEmpty();
    assertThat(consumed(Set.of()).of(new PartitionId("orders", 0))).isEmpty();
    assertThat(test.broker.topics().find("__consumer_offsets")).isEmpty();
  }

  private ConsumedOffsets consumed(Set<String> declared) {
    return test.groups.consumedOffsets(topic -> declared);
  }

  /** A topic with five records in each of two partitions. */
  private void create(@Nullable List<String> consumedBy) {
    TopicConfig config = new TopicConfig(null, null, consumedBy, null, null, null, null, null);
    Topic unused = test.broker.topics().create("t", 2, config);
    for (int partition = 0; partition < 2; partition++) {
      RecordBatchBuilder builder = new RecordBatchBuilder();
      for (int i = 0; i < 5; i++) {
        builder.append(0, null, new byte[] {1});
      }
      AppendResult unused2 = test.broker.partition("t", partition).appendNow(builder);
    }
  }
}
