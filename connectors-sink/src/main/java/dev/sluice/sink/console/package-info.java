/** The {@code console} sink: a line per record on standard output, for trying things out. */
@NullMarked
package dev.sluice.sink.console;

import org.jspecify.annotations.NullMarked;
