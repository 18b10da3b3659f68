package dev.sluice.broker.quota;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.QuotaEntity;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * Keeps clients to the limits in the metadata. Only clients that have one are remembered, for some
 * seconds after their last bytes; if there are too many at once, the rest share their count.
 */
public final class StoredClientQuotas implements ClientQuotas {

  private static final int MAX_COUNTS = 10_000;

  private record Counted(Kind kind, String user, String clientId) {}

  private final ClusterMetadata metadata;
  private final Clock clock;
  private final Map<Counted, ByteRate> rates = new ConcurrentHashMap<>();
  private final AtomicLong nextSweepMillis = new AtomicLong();

  public StoredClientQuotas(ClusterMetadata metadata, Clock clock) {
    this.metadata = metadata;
    this.clock = clock;
  }

  @Override
  public int record(Kind kind, KafkaPrincipal user, String clientId, long bytes) {
    Map<QuotaEntity, Map<String, Double>> limits = metadata.state().security().quotas();
    if (limits.isEmpty()) {
      return 0;
    }
    Optional<QuotaScope> scope =
        QuotaScope.of(limits, QuotaKeys.key(kind), user.getName(), clientId);
    return scope.map(found -> record(kind, found, bytes)).orElse(0);
  }

  private int record(Kind kind, QuotaScope scope, long bytes) {
    long now = clock.millis();
    sweep(now);
    ByteRate rate = rate(new Counted(kind, scope.user(), scope.clientId()));
    return rate.record(bytes, scope.bytesPerSecond(), now);
  }

  private ByteRate rate(Counted who) {
    ByteRate known = rates.get(who);
    if (known != null) {
      return known;
    }
    Counted counted = rates.size() < MAX_COUNTS ? who : new Counted(who.kind(), "", "");
    return rates.computeIfAbsent(counted, unknown -> new ByteRate());
  }

  private void sweep(long now) {
    long due = nextSweepMillis.get();
    if (now >= due && nextSweepMillis.compareAndSet(due, now + ByteRate.MEMORY_MILLIS)) {
      rates.values().removeIf(rate -> rate.isForgotten(now));
    }
  }

  /** How many counts are kept. */
  int size() {
    return rates.size();
  }
}
