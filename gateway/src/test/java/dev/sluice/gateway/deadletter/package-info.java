@NullMarked
package dev.sluice.gateway.deadletter;

import org.jspecify.annotations.NullMarked;
