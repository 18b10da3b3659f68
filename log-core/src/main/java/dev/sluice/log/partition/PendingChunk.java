package dev.sluice.log.partition;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes of appends that wait for the disk, one behind the other. Owned by who holds it. */
final class PendingChunk {

  private final ByteBuffer bytes;
  private final List<PendingAppend> appends = new ArrayList<>();

  /** A chunk in an empty buffer. */
  PendingChunk(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** A chunk of one append, in its caller's own buffer. */
  static PendingChunk of(PendingAppend append, ByteBuffer batches) {
    ByteBuffer own = batches.slice();
    PendingChunk chunk = new PendingChunk(own.position(own.limit()));
    chunk.appends.add(append);
    return chunk;
  }

  /** Filled up to its position. */
  ByteBuffer bytes() {
    return bytes;
  }

  List<PendingAppend> appends() {
    return appends;
  }

  /** Adds an append for which there is room. */
  void add(PendingAppend append, ByteBuffer batches) {
    bytes.put(batches.duplicate());
    appends.add(append);
  }
}
