/** How far sources that capture a database's changes have come, and requests for snapshots. */
@NullMarked
package dev.sluice.gateway.rest.capture;

import org.jspecify.annotations.NullMarked;
