package dev.sluice.gateway.search;

import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.Records;

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
