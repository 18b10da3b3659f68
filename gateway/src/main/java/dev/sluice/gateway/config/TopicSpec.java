package dev.sluice.gateway.config;

import dev.sluice.gateway.log.TopicSettings;

/**
 * A declared topic.
 *
 * @param partitions how many, at least 1
 */
public record TopicSpec(String name, int partitions, TopicSettings settings) {}
