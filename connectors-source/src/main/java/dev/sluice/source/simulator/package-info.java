/**
 * Sensors that don't exist, for demonstrations and tests: each value follows from the seed, the
 * sensor's name and the number of the step alone.
 */
@NullMarked
package dev.sluice.source.simulator;

import org.jspecify.annotations.NullMarked;
