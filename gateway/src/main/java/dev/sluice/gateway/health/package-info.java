/**
 * Health for orchestrators and people: liveness is the process itself, readiness says which
 * connectors and partitions do not work and why, and which data are damaged; startup ends when the
 * log answers.
 */
@NullMarked
package dev.sluice.gateway.health;

import org.jspecify.annotations.NullMarked;
