/** Whole-process tests: the packaged gateway as users start it, and killed as users fear it. */
@NullMarked
package dev.sluice.gateway.process;

import org.jspecify.annotations.NullMarked;
