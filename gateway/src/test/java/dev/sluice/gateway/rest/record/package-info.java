@NullMarked
package dev.sluice.gateway.rest.record;

import org.jspecify.annotations.NullMarked;
