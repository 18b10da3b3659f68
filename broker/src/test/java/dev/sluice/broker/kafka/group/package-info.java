/** Tests of single group handlers, without a network. */
@NullMarked
package dev.sluice.broker.kafka.group;

import org.jspecify.annotations.NullMarked;
