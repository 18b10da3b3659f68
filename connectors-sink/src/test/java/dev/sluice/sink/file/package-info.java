/** Tests of the file room of the sinks. */
@NullMarked
package dev.sluice.sink.file;

import org.jspecify.annotations.NullMarked;
