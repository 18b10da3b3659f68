package dev.sluice.gateway.config;

import java.util.Map;

/**
 * A whole configuration: valid, with defaults filled in and references resolved. Contains secrets;
 * never print one.
 *
 * @param server settings of the process
 * @param topics declared topics by name
 * @param connectors sources, sinks and rules by name; one name space for all three
 */
public record GatewayConfig(
    ServerSpec server, Map<String, TopicSpec> topics, Map<String, ConnectorSpec> connectors) {}
