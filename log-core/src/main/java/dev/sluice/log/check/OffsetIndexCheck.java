package dev.sluice.log.check;

import dev.sluice.log.segment.BatchInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Holds an offset index against the batches of its segment, which are shown to it in order: each
 * entry points at the beginning of a batch that holds its offset, and none is missing that was due.
 * Tells the first problem and looks no further then.
 */
final class OffsetIndexCheck {

  static final int ENTRY_BYTES = 8;

  private record Entry(long offset, long position) {}

  private final IndexEntries entries;
  private final IndexFindings findings;
  private final long baseOffset;
  private final int intervalBytes;
  private @Nullable Entry entry;
  private long bytesSinceEntry;

  OffsetIndexCheck(IndexEntries entries, IndexFindings findings, long baseOffset, int intervalBytes)
      throws IOException {
    this.entries = entries;
    this.findings = findings;
    this.baseOffset = baseOffset;
    this.intervalBytes = intervalBytes;
    this.entry = next();
  }

  /** The next batch of the segment. */
  void see(BatchInfo batch) throws IOException {
    if (findings.isTold()) {
      return;
    }
    Entry now = entry;
    if (now != null && now.position < batch.position()) {
      tell(now, "points to byte " + now.position + ", where no batch begins");
    } else if (now != null && now.position == batch.position()) {
      if (now.offset < batch.baseOffset() || now.offset > batch.lastOffset()) {
        tell(now, "points to a batch that does not hold its offset " + now.offset);
      }
      entry = next();
      bytesSinceEntry = 0;
    } else if (bytesSinceEntry > intervalBytes) {
      findings.missing(
          entries.position(),
          batch.lastOffset(),
          "An entry for offset " + batch.lastOffset() + " is missing");
    }
    bytesSinceEntry += batch.sizeBytes();
  }

  /** There are no more batches. */
  void end() {
    if (entry != null) {
      tell(entry, "points to byte " + entry.position + ", where no batch is");
    }
  }

  private void tell(Entry wrong, String problem) {
    findings.wrong(entries.position() - ENTRY_BYTES, wrong.offset, "An entry " + problem);
  }

  private @Nullable Entry next() throws IOException {
    ByteBuffer bytes = entries.next();
    return bytes == null ? null : new Entry(baseOffset + bytes.getInt(), bytes.getInt());
  }
}
