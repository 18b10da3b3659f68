/**
 * Compaction of keyed partitions: the latest value of each key stays, order and offsets stay as
 * they are. Planning is pure; copying and swapping of segments is separate.
 */
@NullMarked
package dev.sluice.log.compaction;

import org.jspecify.annotations.NullMarked;
