/** Writes records to standard output. */
@NullMarked
package dev.sluice.sink.console;

import org.jspecify.annotations.NullMarked;
