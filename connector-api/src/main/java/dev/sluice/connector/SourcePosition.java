package dev.sluice.connector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a source stands in one of its partitions. Both maps hold JSON-like values only: strings,
 * numbers, booleans, null, lists and maps of these. The meaning is the connector's own; people see
 * and edit them.
 *
 * @param partition names a part of the source that has an order of its own, such as {@code {"file":
 *     "/var/log/app.log"}}
 * @param offset the place to go on from; null forgets the partition
 */
public record SourcePosition(Map<String, Object> partition, @Nullable Map<String, Object> offset) {

  /** Copies the maps; null values inside them are allowed. */
  public SourcePosition {
    partition = Collections.unmodifiableMap(new LinkedHashMap<>(partition));
    offset = offset == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(offset));
  }
}
