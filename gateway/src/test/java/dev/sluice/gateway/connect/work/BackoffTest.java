package dev.sluice.gateway.connect.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

  @Test
  void doublesWithEachFailureUpToTheLongest() {
    assertThat(backoff.pause(1, 1)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.pause(2, 1)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.pause(5, 1)).isEqualTo(Duration.ofMillis(1_600));
    assertThat(backoff.pause(10, 1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(backoff.pause(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void isAtLeastHalfAPauseWhateverTheJitter() {
    assertThat(backoff.pause(3, 0)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.pause(3, 0.5)).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void staysWithinTheLongestWhenThatIsShorterThanTheFirst() {
    Backoff odd = new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(1));

    assertThat(odd.pause(1, 1)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void neverOverflows() {
    Backoff huge = new Backoff(Duration.ofDays(300), Duration.ofDays(100_000));

    for (int failures = 1; failures < 100; failures++) {
      assertThat(huge.pause(failures, 1)).isBetween(Duration.ofDays(300), Duration.ofDays(100_000));
    }
  }
}
