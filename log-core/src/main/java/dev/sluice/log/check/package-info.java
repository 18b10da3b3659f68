/**
 * Checks what is on disk without changing it: batches, offsets, epochs, indexes, checkpoints, files
 * that don't belong there. Also prints segments for people. Works beside a running log, whose last
 * batches may then look unfinished.
 */
@NullMarked
package dev.sluice.log.check;

import org.jspecify.annotations.NullMarked;
