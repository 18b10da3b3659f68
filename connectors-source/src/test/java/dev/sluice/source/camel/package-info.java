/** Tests of routes and kamelets as sources. */
@NullMarked
package dev.sluice.source.camel;

import org.jspecify.annotations.NullMarked;
