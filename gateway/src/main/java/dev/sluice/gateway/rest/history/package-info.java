/** How lag, rates and disk space were, over HTTP. */
@NullMarked
package dev.sluice.gateway.rest.history;

import org.jspecify.annotations.NullMarked;
