/** Tests of the jdbc room of the sinks. */
@NullMarked
package dev.sluice.sink.jdbc;

import org.jspecify.annotations.NullMarked;
