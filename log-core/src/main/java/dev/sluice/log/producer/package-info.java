/**
 * What a partition knows of idempotent and transactional producers: who may append what, which
 * transactions are undecided, which were aborted. State is derived from the log's batches; its
 * snapshots and the transaction index have Kafka's layouts. Decides, but writes no log.
 */
@NullMarked
package dev.sluice.log.producer;

import org.jspecify.annotations.NullMarked;
