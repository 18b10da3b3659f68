package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotWatchTest {

  @Test
  void aSlotThatNobodyTakesIsLookedAtOftenForAMinuteOnly() {
    assertThat(SlotWatch.pause(false, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(SlotWatch.pause(false, 59)).isEqualTo(Duration.ofSeconds(1));
    assertThat(SlotWatch.pause(false, 60)).isEqualTo(Duration.ofSeconds(10));
    assertThat(SlotWatch.pause(true, 1)).isEqualTo(Duration.ofSeconds(10));
  }
}
