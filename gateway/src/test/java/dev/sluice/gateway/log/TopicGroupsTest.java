package dev.sluice.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicGroupsTest {

  private static final TopicPartition A0 = new TopicPartition("a", 0);
  private static final TopicPartition A1 = new TopicPartition("a", 1);
  private static final TopicPartition B0 = new TopicPartition("b", 0);

  private final InMemoryLog log = new InMemoryLog();
  private TopicGroups groups = TopicGroups.open(log, log, Clock.systemUTC());

  @Test
  void tellsWhoHasReadATopic() {
    groups.commit("x", Map.of(A0, 1L, A1, 2L, B0, 3L));
    groups.commit("y", Map.of(A0, 4L));
    groups.commit("z", Map.of(B0, 5L));
    assertThat(groups.readers("a"))
        .isEqualTo(Map.of("x", Map.of(0, 1L, 1, 2L), "y", Map.of(0, 4L)));
    assertThat(groups.readers("none")).isEmpty();
  }

  @Test
  void forgetsGroupsAndTopicsForGood() {
    groups.commit("x", Map.of(A0, 1L, A1, 2L, B0, 3L));
    groups.commit("y", Map.of(A0, 4L, B0, 5L));
    groups.forget("a");
    groups.delete("y");
    groups = TopicGroups.open(log, log, Clock.systemUTC());
    assertThat(groups.list()).containsExactly("x");
    assertThat(groups.committed("x")).isEqualTo(Map.of(B0, 3L));
  }
}
