/** Tests of the messaging connector on a log in memory. */
@NullMarked
package dev.sluice.gateway.messaging;

import org.jspecify.annotations.NullMarked;
