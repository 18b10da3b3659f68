/**
 * How far sources that capture a database's changes have come, at once and as a stream, and
 * requests for snapshots.
 */
@NullMarked
package dev.sluice.gateway.rest.capture;

import org.jspecify.annotations.NullMarked;
