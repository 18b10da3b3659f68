/**
 * What makes logs a broker: topics over the partitions of one data directory, and what was declared
 * of them, of users and of groups, in the metadata log. A plain library, without a framework;
 * {@code front} makes it answer Kafka's clients.
 */
@NullMarked
package dev.sluice.broker;

import org.jspecify.annotations.NullMarked;
