package dev.sluice.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportedTopicsTest {

  private final List<Event> events = new ArrayList<>();
  private final ReportedTopics topics =
      new ReportedTopics(new InMemoryLog(), events::add, Clock.systemUTC());

  @Test
  void aChangeIsToldWithWhatWasAndWhatIs() {
    create(new Retention(Duration.ofDays(30), null));
    update(2, new Retention(Duration.ofDays(7), 1L << 30));
    assertThat(events.getLast().message())
        .isEqualTo(
            "Topic orders was changed: partitions 1 -> 2, retention.time 30d -> 7d,"
                + " retention.size not set -> 1GiB.");
  }

  @Test
  void aChangeIsToldInBounds() {
    create(Retention.FOREVER);
    List<String> groups = IntStream.range(0, 1_000).mapToObj(i -> "group-" + i).toList();
    update(1, new Retention(null, null, new Readers(groups)));
    assertThat(events.getLast().message()).contains("group-0, group-1").hasSizeLessThan(1_100);
  }

  private void create(Retention retention) {
    var unused = topics.create("orders", 1, new TopicSettings(retention));
  }

  private void update(int partitions, Retention retention) {
    var unused = topics.update("orders", partitions, new TopicSettings(retention));
  }
}
