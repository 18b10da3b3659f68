package dev.sluice.log.check;

import dev.sluice.log.segment.BatchInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Holds a time index against the batches of its segment, which are shown to it in order: each entry
 * names the largest timestamp so far and an offset in the batch that has it, and the largest of all
 * is known. Tells the first problem and looks no further then.
 */
final class TimeIndexCheck {

  static final int ENTRY_BYTES = 12;

  private record Entry(long timestampMillis, long offset) {}

  private final IndexEntries entries;
  private final IndexFindings findings;
  private final long baseOffset;
  private @Nullable Entry entry;
  private long maxTimestampMillis = Long.MIN_VALUE;
  private long offsetOfMaxTimestamp;
  private long indexedTimestampMillis = Long.MIN_VALUE;

  TimeIndexCheck(IndexEntries entries, IndexFindings findings, long baseOffset) throws IOException {
    this.entries = entries;
    this.findings = findings;
    this.baseOffset = baseOffset;
    this.entry = next();
  }

  /** The next batch of the segment. */
  void see(BatchInfo batch) throws IOException {
    if (batch.maxTimestampMillis() > maxTimestampMillis) {
      maxTimestampMillis = batch.maxTimestampMillis();
      offsetOfMaxTimestamp = batch.lastOffset();
    }
    while (entry != null && entry.offset <= batch.lastOffset() && !findings.isTold()) {
      Entry now = entry;
      if (now.offset < batch.baseOffset()) {
        tell(now, "names offset " + now.offset + ", which no batch holds");
      } else if (now.timestampMillis != maxTimestampMillis
          || now.timestampMillis != batch.maxTimestampMillis()) {
        tell(
            now,
            "says that "
                + now.timestampMillis
                + " is the largest timestamp up to offset "
                + now.offset
                + ", but it is "
                + maxTimestampMillis);
      }
      indexedTimestampMillis = now.timestampMillis;
      entry = next();
    }
  }

  /** There are no more batches. */
  void end() {
    if (entry != null) {
      tell(entry, "names offset " + entry.offset + ", which no batch holds");
    } else if (indexedTimestampMillis < maxTimestampMillis) {
      findings.missing(
          entries.position(),
          offsetOfMaxTimestamp,
          "The largest timestamp, " + maxTimestampMillis + ", is missing");
    }
  }

  private void tell(Entry wrong, String problem) {
    findings.wrong(entries.position() - ENTRY_BYTES, wrong.offset, "An entry " + problem);
  }

  private @Nullable Entry next() throws IOException {
    ByteBuffer bytes = entries.next();
    return bytes == null ? null : new Entry(bytes.getLong(), baseOffset + bytes.getInt());
  }
}
