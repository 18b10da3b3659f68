package dev.sluice.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.partition.PartitionId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupServiceTest {

  private static final PartitionId ORDERS = new PartitionId("orders", 0);

  @TempDir private Path directory = Path.of(".");

  @Test
  void committedOffsetsAreThereAfterARestart() {
    try (TestGroups test = TestGroups.open(directory)) {
      test.broker.topics().create("orders", 2, TopicConfig.FOREVER);
      long start = System.nanoTime();
      test.groups.offsets().commit("g", Map.of(ORDERS, 7L));
      System.out.println("first commit " + (System.nanoTime() - start) / 1e6);
      start = System.nanoTime();
      test.groups.offsets().commit("g", Map.of(ORDERS, 8L));
      System.out.println("second commit " + (System.nanoTime() - start) / 1e6);
      assertThat(test.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 8L));
    }
    try (TestGroups test = TestGroups.open(directory)) {
      assertThat(test.groups.offsets().committed("g")).isEqualTo(Map.of(ORDERS, 8L));
    }
  }
}
