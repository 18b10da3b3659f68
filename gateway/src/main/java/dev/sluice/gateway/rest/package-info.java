/**
 * What all of the HTTP API shares: problem documents (RFC 9457) and the one place where HTTP status
 * codes derive from errors, limits on bodies and streams, parameters. The resources live in the
 * rooms below; they reach the log and the connectors only through the ports.
 */
@NullMarked
package dev.sluice.gateway.rest;

import org.jspecify.annotations.NullMarked;
