/**
 * What tests of several sinks share: records as the runtime makes them, contexts, manual clocks.
 */
@NullMarked
package dev.sluice.sink.support;

import org.jspecify.annotations.NullMarked;
