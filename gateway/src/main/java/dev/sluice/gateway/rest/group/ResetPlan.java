package dev.sluice.gateway.rest.group;

import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a reset would change. Pure.
 *
 * @param changes the partitions whose positions move, in order
 * @param unchanged how many of the chosen partitions stay where they are
 */
record ResetPlan(List<Change> changes, int unchanged) {

  /**
   * Where a group stands in a partition.
   *
   * @param committed the next record to read, or null if none was committed
   * @param start the oldest record there is
   * @param end behind the last one
   */
  record Standing(TopicPartition partition, @Nullable Long committed, long start, long end) {}

  /**
   * A position that moves.
   *
   * @param from where it is, or null if none was committed
   * @param to where it goes, within the log
   * @param isClamped whether the log does not reach as far as was asked for
   */
  record Change(
      TopicPartition partition,
      @Nullable Long from,
      long to,
      long start,
      long end,
      boolean isClamped) {

    /** How many records are read a second time, of those that still exist. */
    long again() {
      return from == null ? 0 : Math.max(0, Math.min(from, end) - to);
    }

    /** How many records are never read. */
    long skipped() {
      return from == null ? 0 : Math.max(0, to - Math.max(from, start));
    }
  }

  /**
   * Plans a reset. A partition without a position has nothing to be shifted from, and is left alone
   * then.
   *
   * @param offsetForTime the first offset with the target's time or a later one
   */
  static ResetPlan of(
      ResetTarget target, List<Standing> standings, ToLongFunction<TopicPartition> offsetForTime) {
    List<Change> changes = new ArrayList<>();
    for (Standing standing : standings) {
      Long committed = standing.committed;
      Long wanted =
          switch (target) {
            case ResetTarget.Earliest earliest -> standing.start;
            case ResetTarget.Latest latest -> standing.end;
            case ResetTarget.Time time -> offsetForTime.applyAsLong(standing.partition);
            case ResetTarget.Shift shift ->
                committed == null ? null : saturated(committed, shift.records());
            case ResetTarget.Offset offset -> offset.offset();
          };
      if (wanted != null) {
        long to = Math.clamp(wanted, standing.start, standing.end);
        if (committed == null || to != committed) {
          changes.add(
              new Change(
                  standing.partition, committed, to, standing.start, standing.end, to != wanted));
        }
      }
    }
    return new ResetPlan(List.copyOf(changes), standings.size() - changes.size());
  }

  private static long saturated(long offset, long by) {
    long sum = offset + by;
    return by > 0 && sum < offset ? Long.MAX_VALUE : sum;
  }
}
