/**
 * Record batches: the bytes of Kafka's batch format v2, built and read without a copy of keys and
 * values. Pure code over byte arrays and buffers: no files, no threads, no clock.
 */
@NullMarked
package dev.sluice.log.record;

import org.jspecify.annotations.NullMarked;
