package dev.sluice.gateway.config;

import java.nio.file.Path;

/**
 * Settings of the process; a change needs a restart of it.
 *
 * @param host the address to bind to
 * @param httpPort the HTTP port; 0 picks a free one
 * @param dataDirectory where the log lives
 * @param kafka how Kafka's clients see the gateway
 */
public record ServerSpec(String host, int httpPort, Path dataDirectory, KafkaSpec kafka) {}
