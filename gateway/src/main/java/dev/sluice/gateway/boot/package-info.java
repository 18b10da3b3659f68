/**
 * Wiring: the command line, the start and stop of the process, and the beans that join broker,
 * configuration and runtime. Only this package knows all the others.
 */
@NullMarked
package dev.sluice.gateway.boot;

import org.jspecify.annotations.NullMarked;
