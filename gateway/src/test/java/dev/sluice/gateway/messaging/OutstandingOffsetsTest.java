package dev.sluice.gateway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.log.TopicPartition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutstandingOffsetsTest {

  private static final TopicPartition P = new TopicPartition("t", 0);

  private final OutstandingOffsets offsets = new OutstandingOffsets(100);

  @Test
  void positionStaysBelowTheOldestThatIsMissing() {
    for (long offset = 5; offset < 10; offset++) {
      offsets.handedOut(P, offset);
    }
    offsets.acknowledged(P, 6);
    offsets.acknowledged(P, 7);
    assertThat(offsets.takeChanged()).isEqualTo(Map.of(P, 5L));
    offsets.acknowledged(P, 5);
    assertThat(offsets.takeChanged()).isEqualTo(Map.of(P, 8L));
    offsets.acknowledged(P, 9);
    offsets.acknowledged(P, 8);
    assertThat(offsets.takeChanged()).isEqualTo(Map.of(P, 10L));
  }

  @Test
  void aSecondAcknowledgementChangesNothing() {
    offsets.handedOut(P, 0);
    offsets.acknowledged(P, 0);
    assertThat(offsets.takeChanged()).isEqualTo(Map.of(P, 1L));
    offsets.acknowledged(P, 0);
    assertThat(offsets.takeChanged()).isEmpty();
  }

  @Test
  void roomIsWaitedForUntilSomethingIsAcknowledged() throws InterruptedException {
    OutstandingOffsets one = new OutstandingOffsets(1);
    one.handedOut(P, 0);
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    one.awaitRoom();
                  } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(waiting.isAlive()).isTrue();
    one.acknowledged(P, 0);
    waiting.join();
    one.awaitRoom();
  }
}
