/**
 * Group commit: a few threads that write and force what many partitions have gathered, and the
 * settings that say when an append counts as done.
 */
@NullMarked
package dev.sluice.log.flush;

import org.jspecify.annotations.NullMarked;
