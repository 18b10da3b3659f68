package dev.sluice.gateway.search;

import dev.sluice.gateway.log.DamagedOffsets;
import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Unreadable;

/** Goes from the oldest record to the newest. */
final class ForwardStretch extends Stretch {

  private long reachedMillis = Long.MIN_VALUE;

  ForwardStretch(Records records, PartitionRange range) {
    super(records, range);
  }

  @Override
  long rank() {
    return reachedMillis;
  }

  @Override
  long place() {
    return left().from();
  }

  @Override
  boolean narrow() {
    return false;
  }

  @Override
  Unreadable damage(Records records, LogException failed) {
    return DamagedOffsets.from(
        records, left().topicPartition(), left().from(), left().to(), failed);
  }

  @Override
  void leaveBehind(Unreadable place) {
    leave(left().from(place.nextOffset()));
  }

  @Override
  void advance(Scan scan) {
    Records.Slice slice = read(left().from(), left().to());
    for (Entry entry : slice.entries()) {
      if (scan.hasEnded()) {
        leave(left().from(entry.offset()));
        return;
      }
      reachedMillis = Math.max(reachedMillis, entry.timestampMillis());
      if (scan.admits(entry)) {
        scan.tell(entry);
      }
    }
    leave(left().from(slice.nextOffset()));
    widen();
  }
}
