/** What happened in the gateway, as records of the topic {@code _events}. */
@NullMarked
package dev.sluice.gateway.events;

import org.jspecify.annotations.NullMarked;
