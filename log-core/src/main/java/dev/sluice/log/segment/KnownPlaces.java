package dev.sluice.log.segment;

import org.jspecify.annotations.Nullable;

/**
 * Where a few batches of a segment begin that were read lately or follow what was: who reads on, or
 * reads the same as somebody before, needs no index. A guess, to be checked against the batch.
 * Thread-safe without a lock: what a race loses is looked up.
 */
final class KnownPlaces {

  private static final int PLACES = 8;
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private record Place(long offset, long position) {}

  private final @Nullable Place[] places = new Place[PLACES];

  /** The batch that holds the offset, or the first one behind it, begins at the position. */
  void add(long offset, long position) {
    places[slot(offset)] = new Place(offset, position);
  }

  /** Where that batch begins, or -1. */
  long positionOf(long offset) {
    Place place = places[slot(offset)];
    return place != null && place.offset == offset ? place.position : -1;
  }

  private static int slot(long offset) {
    return (int) ((offset * SPREAD) >>> (Long.SIZE - Integer.numberOfTrailingZeros(PLACES)));
  }
}
