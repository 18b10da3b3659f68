package dev.sluice.broker.metadata;

import java.util.UUID;

/**
 * A topic in the catalog.
 *
 * @param name its name
 * @param id tells it from an earlier topic of the same name
 * @param partitions how many it has
 * @param config its settings
 */
public record Topic(String name, UUID id, int partitions, TopicConfig config) {}
