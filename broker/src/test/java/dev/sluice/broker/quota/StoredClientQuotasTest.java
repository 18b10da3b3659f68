package dev.sluice.broker.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.metadata.QuotaEntity;
import dev.sluice.broker.metadata.QuotaEntity.Name;
import dev.sluice.broker.security.TestMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredClientQuotasTest {

  private static final KafkaPrincipal ALICE = new KafkaPrincipal("User", "alice");
  private static final KafkaPrincipal BOB = new KafkaPrincipal("User", "bob");
  private static final QuotaEntity ANY_CLIENT = new QuotaEntity(null, Name.DEFAULT);

  private TestMetadata metadata;
  private QuotaLimits limits;
  private StoredClientQuotas quotas;
  private long nanos = -5;

  @BeforeEach
  void open(@TempDir Path directory) {
    metadata = TestMetadata.open(directory);
    limits = new QuotaLimits(metadata.metadata());
    quotas = new StoredClientQuotas(metadata.metadata(), () -> nanos);
  }

  @AfterEach
  void close() {
    metadata.close();
  }

  private void limit(QuotaEntity entity, double producerByteRate) {
    limits.change(entity, Map.of("producer_byte_rate", Optional.of(producerByteRate)), false);
  }

  private int produce(KafkaPrincipal user, String clientId, long bytes) {
    return quotas.record(ClientQuotas.Kind.PRODUCE, user, clientId, bytes);
  }

  @Test
  void withoutALimitNobodyWaitsAndNothingIsKept() {
    assertThat(produce(ALICE, "app", Long.MAX_VALUE)).isZero();
    limit(new QuotaEntity(new Name("bob"), null), 1);
    assertThat(produce(ALICE, "app", Long.MAX_VALUE)).isZero();
    assertThat(quotas.size()).isZero();
  }

  @Test
  void aUsersClientsShareTheUsersLimit() {
    limit(new QuotaEntity(Name.DEFAULT, null), 1_000);
    assertThat(produce(ALICE, "one", 8_000)).isZero();
    assertThat(produce(BOB, "one", 8_000)).isZero();
    assertThat(produce(ALICE, "two", 8_000)).isEqualTo(6_000);
  }

  @Test
  void usersShareTheLimitOfAClientId() {
    limit(ANY_CLIENT, 1_000);
    assertThat(produce(ALICE, "app", 8_000)).isZero();
    assertThat(produce(ALICE, "other", 8_000)).isZero();
    assertThat(produce(BOB, "app", 8_000)).isEqualTo(6_000);
  }

  @Test
  void producingAndFetchingAreCountedApart() {
    limit(ANY_CLIENT, 1_000);
    assertThat(quotas.record(ClientQuotas.Kind.FETCH, ALICE, "app", 1 << 30)).isZero();
    assertThat(produce(ALICE, "app", 8_000)).isZero();
  }

  @Test
  void aClientThatDoesNotSayItsIdHasTheDefaultLimit() {
    limit(ANY_CLIENT, 1_000);
    assertThat(quotas.record(ClientQuotas.Kind.PRODUCE, ALICE, null, 12_000)).isEqualTo(2_000);
  }

  @Test
  void aNewLimitHoldsAtOnce() {
    limit(ANY_CLIENT, 1_000);
    assertThat(produce(ALICE, "app", 12_000)).isEqualTo(2_000);
    limit(ANY_CLIENT, 10_000);
    assertThat(produce(ALICE, "app", 0)).isZero();
    limits.change(ANY_CLIENT, Map.of("producer_byte_rate", Optional.empty()), false);
    assertThat(limits.all()).isEmpty();
  }

  @Test
  void clientsThatAreSilentAreForgotten() {
    limit(ANY_CLIENT, 1_000);
    for (int i = 0; i < 100; i++) {
      assertThat(produce(ALICE, "app" + i, 1)).isZero();
    }
    assertThat(quotas.size()).isEqualTo(100);
    nanos += Duration.ofSeconds(11).toNanos();
    assertThat(produce(ALICE, "new", 1)).isZero();
    assertThat(quotas.size()).isEqualTo(1);
  }

  @Test
  void tooManyClientsAreCountedTogether() {
    limit(ANY_CLIENT, 1_000);
    for (int i = 0; i < 10_000; i++) {
      assertThat(produce(ALICE, "app" + i, 1)).isZero();
    }
    assertThat(produce(ALICE, "late", 8_000)).isZero();
    assertThat(produce(ALICE, "later", 8_000)).isEqualTo(6_000);
    assertThat(produce(ALICE, "app0", 8_000)).isZero();
    assertThat(quotas.size()).isEqualTo(10_001);
  }
}
