package dev.sluice.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.history.Frame.Point;
import dev.sluice.gateway.log.embedded.EmbeddedRecords;
import dev.sluice.gateway.log.embedded.EmbeddedTopics;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames in the real log. */
class HistoryOnDiskTest {

  private static final Series LAG = Series.lag("g", "t", 0);
  private static final int FRAMES = 300;

  @TempDir private Path directory = Path.of(".");

  @Test
  void framesBehindOneOfAClockThatWasAheadAreFound() throws Exception {
    long start = System.currentTimeMillis();
    try (Broker broker = open()) {
      HistoryTopic topic = topic(broker);
      topic.ensure();
      var unused = topic.append(frame(start, 0));
      var unusedAhead = topic.append(frame(start + 1_000_000, 1));
      for (int i = 1; i <= 5; i++) {
        assertThat(topic.append(frame(start + i, i))).isPositive();
      }
      List<Frame> read = new ArrayList<>();
      topic.read(start, start + 10, LAG::equals, read::add);
      assertThat(read).hasSize(5).last().isEqualTo(frame(start + 5, 5));
      assertThat(topic.lastMillis(start, start + 10)).isEqualTo(start + 5);
      assertThat(topic.lastMillis(start + 5, start + 10)).isEqualTo(start + 5);
    }
  }

  @Test
  void framesAreThereAfterARestartFromAnyTimeOn() throws Exception {
    long start = System.currentTimeMillis();
    try (Broker broker = open()) {
      HistoryTopic topic = topic(broker);
      topic.ensure();
      for (int i = 0; i < FRAMES; i++) {
        assertThat(topic.append(frame(start + i, i))).isPositive();
      }
    }
    try (Broker broker = open()) {
      HistoryTopic topic = topic(broker);
      topic.ensure();
      assertThat(topic.lastMillis(start, Long.MAX_VALUE)).isEqualTo(start + FRAMES - 1);
      assertThat(topic.append(frame(start + FRAMES, FRAMES))).isPositive();
      for (int from : new int[] {-1, 0, 70, 119, 299}) {
        List<Frame> read = new ArrayList<>();
        topic.read(start + from, start + FRAMES, LAG::equals, read::add);
        assertThat(read)
            .hasSize(FRAMES - from)
            .first()
            .isEqualTo(frame(start + from + 1, from + 1));
      }
    }
  }

  private Broker open() {
    return Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
  }

  private static HistoryTopic topic(Broker broker) {
    return new HistoryTopic(
        new EmbeddedTopics(broker), new EmbeddedRecords(broker), Resolution.TICK);
  }

  private static Frame frame(long time, long value) {
    return new Frame(time, 10, new TreeMap<>(Map.of(LAG, Point.of(value))));
  }
}
