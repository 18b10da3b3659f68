@NullMarked
package dev.sluice.gateway.rest.deadletter;

import org.jspecify.annotations.NullMarked;
