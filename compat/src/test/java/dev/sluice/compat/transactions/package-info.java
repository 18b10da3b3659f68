/** Transactions of Kafka's own producer while the broker is killed, and what a reader finds. */
@NullMarked
package dev.sluice.compat.transactions;

import org.jspecify.annotations.NullMarked;
