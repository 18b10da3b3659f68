package dev.sluice.gateway.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.gateway.log.Compaction;
import dev.sluice.gateway.log.Flush;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.Segments;
import dev.sluice.gateway.log.Timestamps;
import dev.sluice.gateway.log.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsTranslationTest {

  private static final List<Retention> RETENTIONS =
      List.of(
          Retention.FOREVER,
          new Retention(Duration.ofDays(7), 1L << 40),
          new Retention(null, null, Readers.ALL),
          new Retention(Duration.ofMillis(1), null, new Readers(List.of("b", "a"))));
  private static final List<@Nullable Compaction> COMPACTIONS =
      Arrays.asList(
          null,
          Compaction.DEFAULT,
          new Compaction(0.3, Duration.ZERO, Duration.ofDays(7), Duration.ofHours(1)));
  private static final List<@Nullable Flush> FLUSHES =
      Arrays.asList(
          null, new Flush.Ack(), new Flush.Os(), new Flush.Interval(Duration.ofMillis(250)));
  private static final List<@Nullable Timestamps> TIMESTAMPS =
      Arrays.asList(null, Timestamps.CREATE, Timestamps.APPEND);
  private static final List<@Nullable Integer> BATCHES = Arrays.asList(null, 4 << 20);
  private static final List<Segments> SEGMENTS =
      List.of(
          Segments.DEFAULT,
          new Segments(1 << 20, null),
          new Segments(null, Duration.ofHours(1)),
          new Segments(1 << 30, Duration.ofDays(1)));

  /** Otherwise a start would find each topic changed, and change it again. */
  @Test
  void whatGoesThereAndBackIsTheSame() {
    assertThat(SettingsTranslation.config(TopicSettings.DEFAULT)).isEqualTo(TopicConfig.FOREVER);
    assertThat(everySetting())
        .hasSize(4 * 3 * 4 * 3 * 2 * 4)
        .allSatisfy(
            settings ->
                assertThat(SettingsTranslation.settings(SettingsTranslation.config(settings)))
                    .isEqualTo(settings));
  }

  private static List<TopicSettings> everySetting() {
    List<TopicSettings> all = new ArrayList<>();
    for (Retention retention : RETENTIONS) {
      for (Compaction compaction : COMPACTIONS) {
        for (Flush flush : FLUSHES) {
          for (Timestamps timestamps : TIMESTAMPS) {
            for (Integer batch : BATCHES) {
              for (Segments segments : SEGMENTS) {
                all.add(
                    new TopicSettings(retention, compaction, flush, timestamps, batch, segments));
              }
            }
          }
        }
      }
    }
    return all;
  }
}
