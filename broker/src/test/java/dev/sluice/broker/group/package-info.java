/** Tests of the groups on a real directory, without a network. */
@NullMarked
package dev.sluice.broker.group;

import org.jspecify.annotations.NullMarked;
