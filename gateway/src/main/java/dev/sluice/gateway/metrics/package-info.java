/**
 * Metrics for Prometheus. Most are read from what topics and connectors say of themselves when
 * somebody asks; only traffic and flushes are counted as they happen. Names are {@code sluice.*};
 * tags are topics and connectors that exist, so their number is bounded, and what is deleted takes
 * its meters along.
 */
@NullMarked
package dev.sluice.gateway.metrics;

import org.jspecify.annotations.NullMarked;
