/** Tests of the camel room of the sinks. */
@NullMarked
package dev.sluice.sink.camel;

import org.jspecify.annotations.NullMarked;
