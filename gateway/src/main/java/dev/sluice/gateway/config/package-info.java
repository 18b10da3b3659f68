/**
 * Configuration: YAML files in, a validated {@link dev.sluice.gateway.config.GatewayConfig} or the
 * list of all mistakes out, each with its place and cure; the JSON Schema of it all; the plan of
 * what would change, and a watcher that notices changes. Nothing here starts anything.
 */
@NullMarked
package dev.sluice.gateway.config;

import org.jspecify.annotations.NullMarked;
