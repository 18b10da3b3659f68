/** Rules that hold for all sinks. */
@NullMarked
package dev.sluice.sink;

import org.jspecify.annotations.NullMarked;
