/** Tests of what a partition remembers beside its segments. */
@NullMarked
package dev.sluice.log.checkpoint;

import org.jspecify.annotations.NullMarked;
