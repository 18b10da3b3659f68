package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.BatchLayout;
import dev.sluice.log.record.RecordBatches;
import java.nio.ByteBuffer;

/**
 * Gives appends their place in the log just before they are written, or refuses them. Not
 * thread-safe; part of the writer.
 */
final class Admission {

  private int leaderEpoch;

  /**
   * Numbers an append's batches in place.
   *
   * @param bytes hold them
   * @param at where they begin there
   * @param nextOffset the offset behind what was admitted before
   * @return whether they are to be written; else the append knows why not
   */
  boolean admit(ByteBuffer bytes, int at, PendingAppend append, long nextOffset) {
    return switch (append.origin()) {
      case CLIENT, COORDINATOR -> number(bytes, at, append, nextOffset);
      case LEADER -> follow(bytes, at, append, nextOffset);
    };
  }

  private boolean number(ByteBuffer bytes, int at, PendingAppend append, long nextOffset) {
    int end = at + append.sizeBytes();
    long offset = nextOffset;
    for (int batch = at; batch < end; batch += RecordBatches.sizeAt(bytes, batch)) {
      RecordBatches.assign(bytes, batch, offset, leaderEpoch);
      offset += bytes.getInt(batch + BatchLayout.LAST_OFFSET_DELTA) + 1L;
    }
    append.settle(new AppendResult(nextOffset, offset - 1));
    return true;
  }

  private boolean follow(ByteBuffer bytes, int at, PendingAppend append, long nextOffset) {
    long first = bytes.getLong(at + BatchLayout.BASE_OFFSET);
    if (first < nextOffset) {
      append.refuse(
          new StorageException(
              Code.OFFSET_OUT_OF_RANGE,
              "The leader's records begin at offset "
                  + first
                  + ", but the log ends at "
                  + nextOffset,
              "Fetch from the log end on, or truncate first"));
      return false;
    }
    append.settle(new AppendResult(first, append.endOffset(nextOffset) - 1));
    return true;
  }
}
