/**
 * What makes logs a broker: a catalog of topics over the partitions of one data directory, appends
 * and reads by topic and partition. A plain library, without a network or a framework.
 */
@NullMarked
package dev.sluice.broker;

import org.jspecify.annotations.NullMarked;
