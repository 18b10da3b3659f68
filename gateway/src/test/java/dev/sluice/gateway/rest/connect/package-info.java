@NullMarked
package dev.sluice.gateway.rest.connect;

import org.jspecify.annotations.NullMarked;
