package dev.sluice.broker.quota;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.QuotaEntity;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Keeps clients to the limits in the metadata. Only clients that have one are remembered, for some
 * seconds after their last bytes; if there are too many at once, the rest share their count.
 */
public final class StoredClientQuotas implements ClientQuotas {

  private static final int MAX_COUNTS = 10_000;

  private record Counted(Kind kind, String user, String clientId) {}

  private final ClusterMetadata metadata;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private final Map<Counted, ByteRate> rates = new ConcurrentHashMap<>();
  private final AtomicLong nextSweepMillis = new AtomicLong();

  /**
   * Follows the metadata.
   *
   * @param nanoTime a clock that only goes forward, such as {@link System#nanoTime}
   */
  public StoredClientQuotas(ClusterMetadata metadata, LongSupplier nanoTime) {
    this.metadata = metadata;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  @Override
  public int record(Kind kind, KafkaPrincipal user, @Nullable String clientId, long bytes) {
    Map<QuotaEntity, Map<String, Double>> limits = metadata.state().security().quotas();
    if (limits.isEmpty()) {
      return 0;
    }
    String client = clientId == null ? "" : clientId;
    Optional<QuotaScope> scope = QuotaScope.of(limits, QuotaKeys.key(kind), user.getName(), client);
    return scope.map(found -> record(kind, found, bytes)).orElse(0);
  }

  private int record(Kind kind, QuotaScope scope, long bytes) {
    long now = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos);
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
