/** Health against connectors and partitions that are well or ill. */
@NullMarked
package dev.sluice.gateway.health;

import org.jspecify.annotations.NullMarked;
