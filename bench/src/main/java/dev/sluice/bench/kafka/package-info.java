/**
 * Sluice's broker beside Apache Kafka's: each in a process of its own, in turn, driven by Kafka's
 * own client tools. What is measured by a row stands at the head of its class.
 */
@NullMarked
package dev.sluice.bench.kafka;

import org.jspecify.annotations.NullMarked;
