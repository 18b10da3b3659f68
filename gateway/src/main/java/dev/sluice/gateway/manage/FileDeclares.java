package dev.sluice.gateway.manage;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.GatewayConfig;
import java.util.Map;
import java.util.Set;

/**
 * What the configuration file declares, as far as connectors are concerned.
 *
 * @param topics names of topics
 * @param connectors by name
 */
record FileDeclares(Set<String> topics, Map<String, ConnectorSpec> connectors) {

  static final FileDeclares NOTHING = new FileDeclares(Set.of(), Map.of());

  static FileDeclares of(GatewayConfig config) {
    return new FileDeclares(config.topics().keySet(), config.connectors());
  }
}
