/** The HTTP API against ports in memory. */
@NullMarked
package dev.sluice.gateway.rest;

import org.jspecify.annotations.NullMarked;
