/** Tests of the http room of the sinks. */
@NullMarked
package dev.sluice.sink.http;

import org.jspecify.annotations.NullMarked;
