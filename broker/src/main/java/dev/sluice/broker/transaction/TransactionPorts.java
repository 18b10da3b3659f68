package dev.sluice.broker.transaction;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.topic.TopicCatalog;
import java.time.Clock;

/**
 * What the coordinator needs of the broker around it.
 *
 * @param metadata where producer ids are reserved
 * @param topics where the coordinator's topic is created
 * @param logs of all partitions
 * @param offsets tells the group coordinator how transactions end
 * @param clock for timeouts
 */
public record TransactionPorts(
    ClusterMetadata metadata,
    TopicCatalog topics,
    PartitionLogs logs,
    OffsetsMarker offsets,
    Clock clock) {}
