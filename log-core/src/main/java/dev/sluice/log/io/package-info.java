/**
 * The port to files. Everything the log does to a disk goes through {@link
 * dev.sluice.log.io.Storage}, so that tests can crash it, tear its writes and fill it up. Knows
 * nothing of records.
 */
@NullMarked
package dev.sluice.log.io;

import org.jspecify.annotations.NullMarked;
