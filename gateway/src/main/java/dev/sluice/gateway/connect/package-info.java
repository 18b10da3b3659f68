/**
 * The connector runtime: the life cycle of connectors and their tasks, positions, retries, dead
 * letters. It knows connectors only through the SPI and the log only through its ports.
 */
@NullMarked
package dev.sluice.gateway.connect;

import org.jspecify.annotations.NullMarked;
