package dev.sluice.log.partition;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes of appends that wait for the disk, one behind the other. Owned by who holds it. */
final class PendingChunk {

  private final ByteBuffer bytes;
  private final List<PendingAppend> appends = new ArrayList<>();

  PendingChunk(int capacity) {
    this.bytes = ByteBuffer.allocate(capacity);
  }

  /** Filled up to its position. */
  ByteBuffer bytes() {
    return bytes;
  }

  List<PendingAppend> appends() {
    return appends;
  }
}
