package dev.sluice.broker.kafka.quota;

import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.metadata.QuotaEntity;
import dev.sluice.broker.quota.QuotaLimits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.OpData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData.EntityData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData.EntryData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AlterClientQuotasRequest;
import org.apache.kafka.common.requests.AlterClientQuotasResponse;

/** Sets and removes quotas (KIP-546); each entity's together or not at all. */
final class AlterClientQuotasHandler implements BlockingHandler<AlterClientQuotasRequest> {

  private final QuotaLimits limits;

  AlterClientQuotasHandler(QuotaLimits limits) {
    this.limits = limits;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.ALTER_CLIENT_QUOTAS;
  }

  @Override
  public AlterClientQuotasResponse handle(AlterClientQuotasRequest request, Call call) {
    call.requireCluster(AclOperation.ALTER_CONFIGS);
    AlterClientQuotasResponseData answer = new AlterClientQuotasResponseData();
    Set<QuotaEntity> seen = new HashSet<>();
    for (AlterClientQuotasRequestData.EntryData entry : request.data().entries()) {
      EntryData result = new EntryData();
      entry
          .entity()
          .forEach(
              part ->
                  result
                      .entity()
                      .add(
                          new EntityData()
                              .setEntityType(part.entityType())
                              .setEntityName(part.entityName())));
      try {
        change(entry, seen, request.validateOnly(), call);
        result.setErrorMessage(null);
      } catch (RuntimeException refused) {
        result
            .setErrorCode(KafkaErrors.of(refused).code())
            .setErrorMessage(KafkaErrors.exception(refused).getMessage());
      }
      answer.entries().add(result);
    }
    return new AlterClientQuotasResponse(answer);
  }

  private void change(
      AlterClientQuotasRequestData.EntryData entry,
      Set<QuotaEntity> seen,
      boolean onlyCheck,
      Call call) {
    QuotaEntity entity =
        QuotaEntities.of(
            entry.entity().stream()
                .map(part -> new QuotaEntities.Part(part.entityType(), part.entityName()))
                .toList());
    if (!seen.add(entity)) {
      throw new InvalidRequestException("Ignoring duplicate entity " + entity);
    }
    Map<String, Optional<Double>> changes = changes(entity, entry.ops());
    if (limits.change(entity, changes, onlyCheck)) {
      call.made(Change.QUOTA_CHANGED, entity.toString(), texts(changes));
    }
  }

  private static List<String> texts(Map<String, Optional<Double>> changes) {
    return new TreeMap<>(changes)
        .entrySet().stream()
            .map(
                change ->
                    change.getKey()
                        + change.getValue().map(v -> " set to " + v.longValue()).orElse(" removed"))
            .toList();
  }

  private static Map<String, Optional<Double>> changes(QuotaEntity entity, List<OpData> ops) {
    Map<String, Optional<Double>> changes = new HashMap<>();
    for (OpData op : ops) {
      Optional<Double> limit = op.remove() ? Optional.empty() : Optional.of(op.value());
      if (changes.put(op.key(), limit) != null) {
        throw new InvalidRequestException(
            "Duplicate quota key " + op.key() + ", not updating the quota of " + entity);
      }
    }
    return changes;
  }
}
