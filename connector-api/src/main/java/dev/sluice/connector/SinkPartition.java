package dev.sluice.connector;

/**
 * A partition of a topic that a sink reads.
 *
 * @param partition from 0
 */
public record SinkPartition(String topic, int partition) {}
