package dev.sluice.broker.quota;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.MetadataLimits;
import dev.sluice.broker.metadata.MetadataState;
import dev.sluice.broker.metadata.QuotaEntity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.PolicyViolationException;

/**
 * The limits that have been set, by Kafka's names of them. Thread-safe; a change is durable when
 * the method returns.
 */
public final class QuotaLimits {

  private final ClusterMetadata metadata;

  public QuotaLimits(ClusterMetadata metadata) {
    this.metadata = metadata;
  }

  /** For each entity its limits, at least one. */
  public Map<QuotaEntity, Map<String, Double>> all() {
    return metadata.state().security().quotas();
  }

  /**
   * Changes limits of an entity.
   *
   * @param changes the new limit by its name; empty to remove it
   * @param onlyCheck whether nothing is to be changed
   * @return whether something was changed
   * @throws InvalidRequestException if one can't be; nothing is changed then
   * @throws PolicyViolationException if there are too many entities with limits
   */
  public synchronized boolean change(
      QuotaEntity entity, Map<String, Optional<Double>> changes, boolean onlyCheck) {
    Map<String, Double> before = all().getOrDefault(entity, Map.of());
    Map<String, Double> after = new HashMap<>(before);
    changes.forEach(
        (name, limit) -> {
          if (limit.isPresent()) {
            check(name, limit.get());
            after.put(name, limit.get());
          } else {
            after.remove(name);
          }
        });
    if (before.isEmpty() && !after.isEmpty()) {
      MetadataLimits.require(all().size() + 1, MetadataLimits.MAX_QUOTAS, "entities with quotas");
    }
    if (onlyCheck || after.equals(before)) {
      return false;
    }
    MetadataState unused = metadata.change(new MetadataCommand.SetQuota(entity, after));
    return true;
  }

  private static void check(String name, double limit) {
    if (QuotaKeys.UNENFORCED.contains(name)) {
      throw new InvalidRequestException(
          "This server can't hold clients to a "
              + name
              + ": limit their "
              + String.join(" or ", QuotaKeys.ENFORCED));
    }
    if (!QuotaKeys.ENFORCED.contains(name)) {
      throw new InvalidRequestException("Invalid configuration key " + name);
    }
    if (!(limit > 0)) {
      throw new InvalidRequestException("Quota " + name + " must be greater than 0");
    }
    if (limit > Long.MAX_VALUE) {
      throw new InvalidRequestException("Proposed value for " + name + " is too large for a LONG.");
    }
    if (limit != Math.rint(limit)) {
      throw new InvalidRequestException(name + " cannot be a fractional value.");
    }
  }
}
