package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.search.PartitionRange;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a search has ended, as it is sent. */
@Schema(description = "How a search has ended.")
record SearchEnd(
    @Schema(
            description =
                "limit: as many were found as were wanted; end: all has been looked at; offline: all but"
                    + " partitions that are offline; time-limit: it has lasted as long as one may."
                    + " Single places that can't be read don't count here; each was told.",
            enumeration = {"limit", "end", "offline", "time-limit"})
        String reason,
    SearchProgress progress,
    @Schema(
            description = "Where what has not been looked at begins: to go on, pass it as 'from'.",
            examples = "0:0,1:17")
        String from,
    @Schema(
            description =
                "Where what has not been looked at ends: to go on, pass it as 'to'. Without"
                    + " partitions whose end is not known, as they were offline all the time.",
            examples = "0:42,1:17")
        String to) {

  static SearchEnd of(String reason, SearchProgress progress, List<PartitionRange> rest) {
    return new SearchEnd(
        reason,
        progress,
        positions(rest, PartitionRange::from),
        positions(rest.stream().filter(range -> !range.isOpen()).toList(), PartitionRange::to));
  }

  private static String positions(
      List<PartitionRange> ranges, ToLongFunction<PartitionRange> offset) {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    ranges.forEach(
        range -> offsets.put(range.topicPartition().partition(), offset.applyAsLong(range)));
    return new Positions(offsets).toString();
  }
}
