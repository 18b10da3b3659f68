/**
 * Opens what an earlier process left behind: tells a torn tail (cut off) from rot (refused), and
 * scans only what was written after the recovery point.
 */
@NullMarked
package dev.sluice.log.recovery;

import org.jspecify.annotations.NullMarked;
