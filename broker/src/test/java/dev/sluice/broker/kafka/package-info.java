/** Tests of what the handlers of all areas share. */
@NullMarked
package dev.sluice.broker.kafka;

import org.jspecify.annotations.NullMarked;
