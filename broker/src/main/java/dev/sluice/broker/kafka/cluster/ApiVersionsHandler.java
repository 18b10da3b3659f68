package dev.sluice.broker.kafka.cluster;

import dev.sluice.broker.kafka.ApiRegistry;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.feature.Features;
import org.apache.kafka.common.feature.SupportedVersionRange;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;

/**
 * Tells clients which APIs there are (KIP-35), and which features are on (KIP-584): transactions of
 * the second generation (KIP-890), groups of the new protocol (KIP-848) and those of streams
 * applications (KIP-1071).
 */
final class ApiVersionsHandler implements BlockingHandler<ApiVersionsRequest> {

  /** Features and the level that is on, which is the highest there is. */
  static final Map<String, Short> FEATURES =
      Map.of(
          "transaction.version", (short) 2,
          "group.version", (short) 1,
          "streams.version", (short) 1);

  /** Clients that ask in an earlier version fail on a feature that can be off. */
  private static final short FIRST_WITH_LEVEL_0 = 4;

  private final Supplier<ApiRegistry> registry;

  ApiVersionsHandler(Supplier<ApiRegistry> registry) {
    this.registry = registry;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.API_VERSIONS;
  }

  @Override
  public AbstractResponse handle(ApiVersionsRequest request, Call call) {
    if (request.hasUnsupportedRequestVersion()) {
      // Readable for every client: version 0, with the list, so that it may choose another version.
      return new ApiVersionsResponse(
          new ApiVersionsResponseData()
              .setErrorCode(Errors.UNSUPPORTED_VERSION.code())
              .setApiKeys(registry.get().advertised()));
    }
    if (!request.isValid()) {
      return request.getErrorResponse(0, Errors.INVALID_REQUEST.exception());
    }
    Map<String, SupportedVersionRange> supported = new HashMap<>();
    FEATURES.forEach(
        (name, level) -> supported.put(name, new SupportedVersionRange((short) 0, level)));
    return new ApiVersionsResponse.Builder()
        .setApiVersions(registry.get().advertised())
        .setSupportedFeatures(Features.supportedFeatures(supported))
        .setFinalizedFeatures(FEATURES)
        .setFinalizedFeaturesEpoch(0)
        .setAlterFeatureLevel0(call.version() < FIRST_WITH_LEVEL_0)
        .build();
  }
}
