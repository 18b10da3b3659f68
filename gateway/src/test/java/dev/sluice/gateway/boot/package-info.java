/** Tests of the wiring that need no running application. */
@NullMarked
package dev.sluice.gateway.boot;

import org.jspecify.annotations.NullMarked;
