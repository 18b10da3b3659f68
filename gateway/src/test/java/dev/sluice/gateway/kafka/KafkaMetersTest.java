package dev.sluice.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final KafkaMeters meters = new KafkaMeters(registry);

  @Test
  void silencedClientsAndConnectionsThatNeverWereAreCounted() {
    meters.throttled(ApiKeys.PRODUCE, 200);
    meters.throttled(ApiKeys.PRODUCE, 300);
    meters.notAccepted("main");

    assertThat(find("sluice.kafka.throttled").tag("api", "Produce").timer().count()).isEqualTo(2);
    assertThat(find("sluice.kafka.throttled").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(500);
    assertThat(find("sluice.kafka.connections.not.accepted").counter().count()).isEqualTo(1);
  }

  @Test
  void countsConnectionsByListenerAndWhyTheyEnded() {
    meters.opened("main");
    meters.opened("main");
    meters.opened("main");
    meters.closed("main", CloseReason.GARBAGE);
    meters.closed("main", CloseReason.TOO_MANY);
    assertThat(find("sluice.kafka.connections").tag("listener", "main").gauge().value())
        .isEqualTo(1);
    assertThat(find("sluice.kafka.connections.opened").counter().count()).isEqualTo(3);
    assertThat(find("sluice.kafka.connections.closed").tag("reason", "too_many").counter().count())
        .isEqualTo(1);
  }

  @Test
  void timesRequestsAndCountsTheirErrorsByApi() {
    meters.answered(ApiKeys.PRODUCE, TimeUnit.MILLISECONDS.toNanos(3));
    meters.answered(ApiKeys.PRODUCE, TimeUnit.MILLISECONDS.toNanos(5));
    meters.failed(ApiKeys.PRODUCE, Errors.MESSAGE_TOO_LARGE, 2);
    assertThat(find("sluice.kafka.requests").tag("api", "Produce").timer().count()).isEqualTo(2);
    assertThat(find("sluice.kafka.requests").timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(8);
    assertThat(
            find("sluice.kafka.errors")
                .tags("api", "Produce", "error", "MESSAGE_TOO_LARGE")
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void tellsHowMuchMemoryRequestsAndAnswersTake() {
    AtomicLong held = new AtomicLong();
    meters.watchMemory(held::get, () -> 2 * held.get());
    held.set(21);
    assertThat(find("sluice.kafka.memory").tag("of", "requests").gauge().value()).isEqualTo(21);
    assertThat(find("sluice.kafka.memory").tag("of", "responses").gauge().value()).isEqualTo(42);
  }

  @Test
  void countsBytesBothWays() {
    meters.received(100);
    meters.sent(7);
    meters.sent(3);
    assertThat(find("sluice.kafka.in").counter().count()).isEqualTo(100);
    assertThat(find("sluice.kafka.out").counter().count()).isEqualTo(10);
  }

  private RequiredSearch find(String name) {
    return registry.get(name);
  }
}
