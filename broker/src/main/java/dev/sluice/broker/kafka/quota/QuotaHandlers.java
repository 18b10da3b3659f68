package dev.sluice.broker.kafka.quota;

import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.quota.QuotaLimits;
import java.util.List;

/** Makes the handlers of this area. */
public final class QuotaHandlers {

  private QuotaHandlers() {}

  public static List<ApiHandler<?>> all(QuotaLimits limits) {
    return List.of(new DescribeClientQuotasHandler(limits), new AlterClientQuotasHandler(limits));
  }
}
