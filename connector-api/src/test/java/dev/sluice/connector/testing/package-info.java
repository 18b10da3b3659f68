/** Hand-written stand-ins for the runtime, for connectors' own tests. */
@NullMarked
package dev.sluice.connector.testing;

import org.jspecify.annotations.NullMarked;
