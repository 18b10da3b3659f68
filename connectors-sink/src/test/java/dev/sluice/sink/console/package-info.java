/** Tests of the console room of the sinks. */
@NullMarked
package dev.sluice.sink.console;

import org.jspecify.annotations.NullMarked;
