/**
 * The {@code camel} sink: hands each record to a Camel endpoint, to the steps of a route in Camel's
 * YAML DSL, or to a kamelet, and waits until the exchange is complete.
 */
@NullMarked
package dev.sluice.sink.camel;

import org.jspecify.annotations.NullMarked;
