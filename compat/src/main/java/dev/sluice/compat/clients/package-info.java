/**
 * What Kafka's own Java clients can do, tried against our broker. Compiled once and run beside
 * kafka-clients of several versions; only {@code OldestChecks} keeps to what the oldest of them
 * has.
 */
@NullMarked
package dev.sluice.compat.clients;

import org.jspecify.annotations.NullMarked;
