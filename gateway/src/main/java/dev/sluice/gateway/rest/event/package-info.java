/** What happened in the gateway, over HTTP: searched from the newest on, and followed. */
@NullMarked
package dev.sluice.gateway.rest.event;

import org.jspecify.annotations.NullMarked;
