package dev.sluice.source.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BeatTest {

  private final ManualClock clock = new ManualClock(Instant.EPOCH);

  @Test
  void isDueOncePerInterval() throws InterruptedException {
    Beat beat = Beat.startingNow(clock, Duration.ofSeconds(10));
    assertThat(beat.await(Duration.ZERO)).isTrue();
    assertThat(beat.await(Duration.ZERO)).isFalse();
    clock.advance(Duration.ofSeconds(9));
    assertThat(beat.await(Duration.ZERO)).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(beat.await(Duration.ZERO)).isTrue();
  }

  @Test
  void missedBeatsAreNotMadeUpFor() throws InterruptedException {
    Beat beat = Beat.startingLater(clock, Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(95));
    assertThat(beat.await(Duration.ZERO)).isTrue();
    assertThat(beat.await(Duration.ZERO)).isFalse();
  }

  @Test
  void aClockThatIsSetBackDelaysByOneIntervalAtMost() throws InterruptedException {
    Beat beat = Beat.startingLater(clock, Duration.ofSeconds(10));
    clock.advance(Duration.ofHours(-1));
    assertThat(beat.await(Duration.ZERO)).isFalse();
    clock.advance(Duration.ofSeconds(10));
    assertThat(beat.await(Duration.ZERO)).isTrue();
  }
}
