/** Whole programs against a broker in a process of its own. */
@NullMarked
package dev.sluice.compat;

import org.jspecify.annotations.NullMarked;
