package dev.sluice.broker.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.metadata.QuotaEntity;
import dev.sluice.broker.metadata.QuotaEntity.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuotaScopeTest {

  private static final String KEY = "producer_byte_rate";
  private static final Name ALICE = new Name("alice");
  private static final Name APP = new Name("app");

  private static QuotaEntity entity(@Nullable Name user, @Nullable Name clientId) {
    return new QuotaEntity(user, clientId);
  }

  /** The order that Kafka's manual gives, and with whom the limit is shared. */
  private static final List<Map.Entry<QuotaEntity, List<String>>> ORDER =
      List.of(
          Map.entry(entity(ALICE, APP), List.of("alice", "app")),
          Map.entry(entity(ALICE, Name.DEFAULT), List.of("alice", "app")),
          Map.entry(entity(ALICE, null), List.of("alice", "")),
          Map.entry(entity(Name.DEFAULT, APP), List.of("alice", "app")),
          Map.entry(entity(Name.DEFAULT, Name.DEFAULT), List.of("alice", "app")),
          Map.entry(entity(Name.DEFAULT, null), List.of("alice", "")),
          Map.entry(entity(null, APP), List.of("", "app")),
          Map.entry(entity(null, Name.DEFAULT), List.of("", "app")));

  @Test
  void theMostSpecialLimitHolds() {
    Map<QuotaEntity, Map<String, Double>> limits = new HashMap<>();
    for (int i = 0; i < ORDER.size(); i++) {
      limits.put(ORDER.get(i).getKey(), Map.of(KEY, i + 1.0));
    }
    for (int i = 0; i < ORDER.size(); i++) {
      List<String> shared = ORDER.get(i).getValue();
      assertThat(QuotaScope.of(limits, KEY, "alice", "app"))
          .contains(new QuotaScope(shared.get(0), shared.get(1), i + 1.0));
      limits.remove(ORDER.get(i).getKey());
    }
    assertThat(QuotaScope.of(limits, KEY, "alice", "app")).isEmpty();
  }

  @Test
  void aPlaceWithAnotherLimitIsPassedOver() {
    Map<QuotaEntity, Map<String, Double>> limits =
        Map.of(
            entity(ALICE, null), Map.of("consumer_byte_rate", 1.0),
            entity(null, APP), Map.of(KEY, 2.0));
    assertThat(QuotaScope.of(limits, KEY, "alice", "app")).contains(new QuotaScope("", "app", 2.0));
  }

  @Test
  void othersAreFree() {
    Map<QuotaEntity, Map<String, Double>> limits =
        Map.of(
            entity(ALICE, null), Map.of(KEY, 1.0),
            entity(null, APP), Map.of(KEY, 2.0));
    assertThat(QuotaScope.of(limits, KEY, "bob", "tool")).isEqualTo(Optional.empty());
  }
}
