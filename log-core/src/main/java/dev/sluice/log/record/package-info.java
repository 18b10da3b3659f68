/** Record batches: the bytes of Kafka's batch format v2, read and written without a copy. */
@NullMarked
package dev.sluice.log.record;

import org.jspecify.annotations.NullMarked;
