/** Tests of the resources about change captures. */
@NullMarked
package dev.sluice.gateway.rest.capture;

import org.jspecify.annotations.NullMarked;
