package dev.sluice.broker.kafka;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.protocol.ApiKeys;

/** The handlers there are; what is advertised to clients derives from them. Immutable. */
public final class ApiRegistry {

  private final Map<ApiKeys, ApiHandler<?>> handlers = new EnumMap<>(ApiKeys.class);

  /**
   * A registry.
   *
   * @throws IllegalArgumentException if two handlers are for the same API
   */
  public ApiRegistry(Collection<? extends ApiHandler<?>> all) {
    for (ApiHandler<?> handler : all) {
      if (handlers.put(handler.api(), handler) != null) {
        throw new IllegalArgumentException("Two handlers for " + handler.api());
      }
    }
  }

  Optional<ApiHandler<?>> find(ApiKeys api) {
    return Optional.ofNullable(handlers.get(api));
  }

  /** The APIs in order of their keys. */
  public List<ApiKeys> apis() {
    return List.copyOf(handlers.keySet());
  }

  /** APIs and version ranges as ApiVersions answers them. */
  public ApiVersionCollection advertised() {
    ApiVersionCollection versions = new ApiVersionCollection();
    for (ApiHandler<?> handler : handlers.values()) {
      boolean unused =
          versions.add(
              new ApiVersion()
                  .setApiKey(handler.api().id)
                  .setMinVersion(handler.advertisedMinVersion())
                  .setMaxVersion(handler.maxVersion()));
    }
    return versions;
  }
}
