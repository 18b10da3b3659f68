/** Rules that hold for all sources. */
@NullMarked
package dev.sluice.source;

import org.jspecify.annotations.NullMarked;
