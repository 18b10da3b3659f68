/**
 * Kafka Connect's management API, in its shapes and status codes, over the connectors of this
 * gateway, so that tools made for Connect work. Connectors are declared in the configuration file;
 * this API steers them but neither makes nor removes them.
 */
@NullMarked
package dev.sluice.gateway.rest.connect;

import org.jspecify.annotations.NullMarked;
