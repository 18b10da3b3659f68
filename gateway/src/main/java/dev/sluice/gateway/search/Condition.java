package dev.sluice.gateway.search;

import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.log.StoredRecord;

/** What a record must be like to be found. Used by one thread. */
@FunctionalInterface
public interface Condition {

  /**
   * Whether the record is one.
   *
   * @throws ConnectorException of category DATA if that can't be told of this record
   */
  boolean holds(StoredRecord found);

  /** Both; the other is asked only where this one holds, so let the cheap one be the first. */
  default Condition and(Condition other) {
    return found -> holds(found) && other.holds(found);
  }
}
