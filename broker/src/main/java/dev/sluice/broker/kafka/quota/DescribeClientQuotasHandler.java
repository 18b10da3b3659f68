package dev.sluice.broker.kafka.quota;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.QuotaEntity;
import dev.sluice.broker.quota.QuotaLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntityData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntryData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.ValueData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.DescribeClientQuotasRequest;
import org.apache.kafka.common.requests.DescribeClientQuotasResponse;

/** Lists quotas (KIP-546). */
final class DescribeClientQuotasHandler implements BlockingHandler<DescribeClientQuotasRequest> {

  private final QuotaLimits limits;

  DescribeClientQuotasHandler(QuotaLimits limits) {
    this.limits = limits;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_CLIENT_QUOTAS;
  }

  @Override
  public DescribeClientQuotasResponse handle(DescribeClientQuotasRequest request, Call call) {
    call.requireCluster(AclOperation.DESCRIBE_CONFIGS);
    QuotaFilter filter = QuotaFilter.of(request.data());
    List<EntryData> entries = new ArrayList<>();
    limits
        .all()
        .forEach(
            (entity, values) -> {
              if (filter.selects(entity)) {
                entries.add(entry(entity, values));
              }
            });
    return new DescribeClientQuotasResponse(
        new DescribeClientQuotasResponseData().setErrorMessage(null).setEntries(entries));
  }

  private static EntryData entry(QuotaEntity entity, Map<String, Double> values) {
    EntryData entry = new EntryData();
    QuotaEntities.parts(entity)
        .forEach(
            part ->
                entry
                    .entity()
                    .add(new EntityData().setEntityType(part.type()).setEntityName(part.name())));
    values.forEach((key, value) -> entry.values().add(new ValueData().setKey(key).setValue(value)));
    return entry;
  }
}
