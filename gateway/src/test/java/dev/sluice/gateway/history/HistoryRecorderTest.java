package dev.sluice.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.testing.ManualClock;
import dev.sluice.gateway.log.Disk;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.rest.FakeConnectors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {

  private final InMemoryLog log = new InMemoryLog();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private @Nullable Error trouble;
  private final Disk disk =
      () -> {
        if (trouble != null) {
          throw trouble;
        }
        return Optional.of(new Disk.Space("/data", 1_000, 400));
      };
  private final History history =
      new History(
          log,
          log,
          new Sampler(log, new FakeConnectors(), log.groups(), disk),
          new SimpleMeterRegistry());
  private final HistoryRecorder recorder = new HistoryRecorder(history, clock);

  @Test
  void goesOnAfterAnErrorOfAnyKind() {
    trouble = new StackOverflowError();
    recorder.tick();
    assertThat(history.lastMillis()).isZero();
    trouble = null;
    clock.advance(Duration.ofSeconds(10));
    recorder.tick();
    assertThat(history.lastMillis()).isEqualTo(clock.millis());
  }
}
