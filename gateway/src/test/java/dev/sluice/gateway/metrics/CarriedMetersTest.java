package dev.sluice.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.ErrorCategory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CarriedMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CarriedMeters meters = new CarriedMeters(registry);

  @Test
  void theMetersOfAConnectorGoWithItAndBeginAnewWithTheNext() {
    carry("gone");
    carry("stays");
    meters.forget("gone");
    assertThat(registry.getMeters())
        .hasSize(3)
        .allMatch(meter -> "stays".equals(meter.getId().getTag("connector")));
    assertThat(meters.records()).isEqualTo(Map.of(new CarriedMeters.Route("stays", "orders"), 2L));
    assertThat(meters.written()).isEqualTo(Map.of(new CarriedMeters.Route("stays", "alerts"), 1L));
    carry("gone");
    assertThat(meters.records()).containsEntry(new CarriedMeters.Route("gone", "orders"), 2L);
  }

  private void carry(String connector) {
    meters.carried(connector, 0, "orders", 2, 10);
    meters.wrote(connector, 0, "alerts", 1);
    meters.failed(connector, 0, ErrorCategory.EXTERNAL);
  }
}
