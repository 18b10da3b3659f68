/**
 * The log beside Apache Kafka's own: both engines in one JVM, each on a partition of its own on the
 * same disk, fed with the same bytes. JMH benchmarks for single operations, plain runs for
 * recovery, opening, and what takes gigabytes. Nothing passes or fails on time.
 */
@NullMarked
package dev.sluice.bench.log;

import org.jspecify.annotations.NullMarked;
