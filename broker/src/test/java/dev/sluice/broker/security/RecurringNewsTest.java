package dev.sluice.broker.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.partition.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecurringNewsTest {

  private final ManualClock clock = new ManualClock();
  private final RecurringNews<String> news = new RecurringNews<>(clock);

  @Test
  void theSameIsNewsAgainAfterAMinute() {
    assertThat(news.isNew("a")).isTrue();
    assertThat(news.isNew("a")).isFalse();
    assertThat(news.isNew("b")).isTrue();
    clock.advance(Duration.ofSeconds(59));
    assertThat(news.isNew("a")).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(news.isNew("a")).isTrue();
    assertThat(news.isNew("a")).isFalse();
  }

  @Test
  void whatWasSaidLongAgoIsForgottenWhenThereIsTooMuch() {
    assertThat(news.isNew("first")).isTrue();
    for (int i = 0; i < 999; i++) {
      assertThat(news.isNew("n" + i)).isTrue();
    }
    assertThat(news.isNew("first")).isFalse();
    assertThat(news.isNew("one too many")).isTrue();
    assertThat(news.isNew("n500")).isFalse();
    assertThat(news.isNew("first")).isTrue();
  }
}
