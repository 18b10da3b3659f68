/** What can be tried before a connector is made: its connection, and its first records. */
@NullMarked
package dev.sluice.gateway.rest.trial;

import org.jspecify.annotations.NullMarked;
