/** Reading: waiting, over several partitions, for the append that has something new. */
@NullMarked
package dev.sluice.broker.fetch;

import org.jspecify.annotations.NullMarked;
