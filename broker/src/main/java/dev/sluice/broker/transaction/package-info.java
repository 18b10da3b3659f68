/**
 * The transaction coordinator: producer ids, which partitions a transaction has touched, and how it
 * ends (KIP-98, KIP-890). What it decides is a pure step; its state is a topic of ours.
 */
@NullMarked
package dev.sluice.broker.transaction;

import org.jspecify.annotations.NullMarked;
