/** What the state of the gateway looks like over HTTP. */
@NullMarked
package dev.sluice.gateway.rest.status;

import org.jspecify.annotations.NullMarked;
