/**
 * Configuration: YAML files in, a validated {@link dev.sluice.gateway.config.GatewayConfig} or the
 * list of all mistakes out, each with its place and cure. Nothing here starts anything.
 */
@NullMarked
package dev.sluice.gateway.config;

import org.jspecify.annotations.NullMarked;
