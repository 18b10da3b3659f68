package dev.sluice.broker.group;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.topic.TopicCatalog;

/**
 * The broker around the groups.
 *
 * @param topics where the offsets topic is created
 * @param metadata tells of topics
 * @param partitions the logs
 * @param access asked where members subscribe by pattern
 */
public record GroupHost(
    TopicCatalog topics,
    ClusterMetadata metadata,
    PartitionLookup partitions,
    AccessControl access) {}
