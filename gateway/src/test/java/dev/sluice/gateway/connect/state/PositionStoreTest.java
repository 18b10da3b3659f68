package dev.sluice.gateway.connect.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.log.InMemoryLog;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionStoreTest {

  private final InMemoryLog log = new InMemoryLog();

  @Test
  void positionsAreKeptApartByConnectorAndPartitionWhateverTheOrderOfTheirNames() throws Exception {
    PositionStore store = PositionStore.open(log, log, Clock.systemUTC());
    Map<String, Object> ab = new LinkedHashMap<>();
    ab.put("a", 1);
    ab.put("b", null);
    Map<String, Object> ba = new LinkedHashMap<>();
    ba.put("b", null);
    ba.put("a", 1L);
    Map<String, Object> offset = new HashMap<>();
    offset.put("lsn", 12_345_678_901L);
    offset.put("list", Arrays.asList(1, null));

    store.store("x", List.of(new SourcePosition(ab, Map.of("old", 1))));
    store.store("x", List.of(new SourcePosition(ba, offset)));
    store.store("x2", List.of(new SourcePosition(Map.of(), Map.of("other", true))));

    PositionStore reopened = PositionStore.open(log, log, Clock.systemUTC());
    assertThat(reopened.positions("x")).hasSize(1);
    assertThat(reopened.positions("x").getFirst().offset()).isEqualTo(offset);
    assertThat(reopened.positions("x2")).hasSize(1);
    assertThat(reopened.positions("y")).isEmpty();

    reopened.forget("x");
    assertThat(PositionStore.open(log, log, Clock.systemUTC()).positions("x")).isEmpty();
    assertThat(reopened.positions("x2")).hasSize(1);
  }
}
