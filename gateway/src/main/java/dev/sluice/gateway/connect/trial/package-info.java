/**
 * What can be tried before a connector is made: whether what it names can be reached, and which
 * records it would bring. A few at a time, each for seconds; nothing is written, inside or out.
 */
@NullMarked
package dev.sluice.gateway.connect.trial;

import org.jspecify.annotations.NullMarked;
