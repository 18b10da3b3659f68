/** Records in and out: Produce, Fetch, ListOffsets, OffsetForLeaderEpoch. */
@NullMarked
package dev.sluice.broker.kafka.data;

import org.jspecify.annotations.NullMarked;
