@NullMarked
package dev.sluice.gateway.events;

import org.jspecify.annotations.NullMarked;
