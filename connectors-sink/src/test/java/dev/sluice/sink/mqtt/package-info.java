/** Tests of the mqtt room of the sinks. */
@NullMarked
package dev.sluice.sink.mqtt;

import org.jspecify.annotations.NullMarked;
