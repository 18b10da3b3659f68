/**
 * Kafka Connect's management API, in its shapes and status codes, over the connectors of this
 * gateway, so that tools made for Connect work. It steers all of them; it makes, changes and
 * removes those that no configuration file declares.
 */
@NullMarked
package dev.sluice.gateway.rest.connect;

import org.jspecify.annotations.NullMarked;
