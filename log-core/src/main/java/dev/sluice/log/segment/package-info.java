/**
 * One segment of a partition's log: the file of batches, which alone is truth, and its sparse
 * offset and time indexes, which are rebuilt when missing, short or wrong.
 */
@NullMarked
package dev.sluice.log.segment;

import org.jspecify.annotations.NullMarked;
