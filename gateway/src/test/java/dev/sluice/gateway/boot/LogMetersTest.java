package dev.sluice.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.metrics.FlushMeters;
import dev.sluice.log.DeletionReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class LogMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final DeferredLogMetrics deferred = new DeferredLogMetrics();

  @Test
  void countsWhatIsDeletedByReason() {
    deferred.passTo(new LogMeters(new FlushMeters(registry), registry));

    deferred.deleted("orders-0", DeletionReason.CONSUMED, 10, 0, 0);
    deferred.deleted("orders-0", DeletionReason.CONSUMED, 5, 2, 900);
    deferred.deleted("orders-0", DeletionReason.TIME, 7, 1, 300);

    assertThat(counter("records", "consumed")).isEqualTo(15);
    assertThat(counter("segments", "consumed")).isEqualTo(2);
    assertThat(counter("bytes", "consumed")).isEqualTo(900);
    assertThat(counter("records", "time")).isEqualTo(7);
    assertThat(counter("records", "size")).isZero();
  }

  private double counter(String what, String reason) {
    return registry.get("sluice.log.deleted." + what).tag("reason", reason).counter().count();
  }
}
