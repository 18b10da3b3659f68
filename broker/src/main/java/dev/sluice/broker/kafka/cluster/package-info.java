/**
 * What there is: ApiVersions, Metadata, DescribeCluster, DescribeQuorum, DescribeTopicPartitions.
 */
@NullMarked
package dev.sluice.broker.kafka.cluster;

import org.jspecify.annotations.NullMarked;
