package dev.sluice.gateway.rest.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.rest.status.Overview.TopicSummary;
import dev.sluice.gateway.rest.topic.RetentionJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewChangeTest {

  @Test
  void tellsWhatIsNewWhatHasChangedAndWhatIsGone() {
    Overview before = overview(1, topic("gone", 1), topic("same", 1), topic("grown", 1));
    Overview after = overview(2, topic("grown", 2), topic("new", 0), topic("same", 1));
    OverviewChange change = OverviewChange.between(before, after);
    assertThat(change.time()).isEqualTo(Instant.ofEpochSecond(2));
    assertThat(change.topics()).containsExactly(topic("grown", 2), topic("new", 0));
    assertThat(change.goneTopics()).containsExactly("gone");
    assertThat(change.connectors()).isEmpty();
    assertThat(change.goneConnectors()).isEmpty();
  }

  private static Overview overview(long second, TopicSummary... topics) {
    return new Overview(Instant.ofEpochSecond(second), List.of(topics), List.of());
  }

  private static TopicSummary topic(String name, long records) {
    return new TopicSummary(
        name, false, 1, records, 0.0, 10, new RetentionJson(null, null, null), false, List.of());
  }
}
