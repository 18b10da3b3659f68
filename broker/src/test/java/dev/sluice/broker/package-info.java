/** Tests of the broker on a real directory. */
@NullMarked
package dev.sluice.broker;

import org.jspecify.annotations.NullMarked;
