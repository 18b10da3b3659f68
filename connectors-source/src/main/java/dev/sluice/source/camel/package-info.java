/**
 * Camel routes and kamelets as sources. The route runs in a Camel context of its own; where it ends
 * in {@code sluice:topic}, the exchange waits until its record is durable, so that the route's
 * consumer takes back or keeps what would otherwise be lost.
 */
@NullMarked
package dev.sluice.source.camel;

import org.jspecify.annotations.NullMarked;
