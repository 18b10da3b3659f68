package dev.sluice.log.segment;

import java.nio.ByteBuffer;

/** Bytes of a segment from the beginning of a batch on; the last batch may be cut off. */
public final class SegmentRead {

  private final ByteBuffer bytes;
  private final long position;
  private final KnownPlaces places;

  SegmentRead(ByteBuffer bytes, long position, KnownPlaces places) {
    this.bytes = bytes;
    this.position = position;
    this.places = places;
  }

  /** From position to limit; the caller's own. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Byte of the segment's file at which they begin. */
  public long position() {
    return position;
  }

  /** Tells where the next reader will probably go on: behind a batch that was found in order. */
  public void endedAt(long nextOffset, long nextPosition) {
    places.add(nextOffset, nextPosition);
  }
}
