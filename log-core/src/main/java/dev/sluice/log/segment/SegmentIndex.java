package dev.sluice.log.segment;

import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The sparse indexes of a segment, derived from its log file, in Kafka's layouts (big endian):
 *
 * <pre>
 * .index      int32 offset - base offset of a batch's last record, int32 position of that batch
 * .timeindex  int64 largest timestamp so far, int32 offset - base offset of the last record of the
 *             batch that has it
 * </pre>
 *
 * An entry is due when more than {@code intervalBytes} were appended since the last one; then the
 * time index gets one too, if time went on. One writer at a time, readers beside it.
 */
final class SegmentIndex implements AutoCloseable {

  static final int OFFSET_ENTRY_BYTES = 8;
  static final int TIME_ENTRY_BYTES = 12;
  private static final int PENDING_ENTRIES = 64;

  /** State to go back to after a failed append. */
  record Mark(
      int offsetEntries,
      int timeEntries,
      long bytesSinceEntry,
      long maxTimestampMillis,
      long offsetOfMaxTimestamp,
      long indexedTimestampMillis) {}

  private final long baseOffset;
  private final int intervalBytes;
  private final IndexFile offsets;
  private final IndexFile times;
  private long bytesSinceEntry;
  private volatile long maxTimestampMillis = Long.MIN_VALUE;
  private long offsetOfMaxTimestamp;
  private long indexedTimestampMillis = Long.MIN_VALUE;

  /** Entries that are due but not written yet; allocated by the first. */
  private @Nullable ByteBuffer newOffsets;

  private @Nullable ByteBuffer newTimes;

  SegmentIndex(Storage storage, Path directory, long baseOffset, int intervalBytes) {
    this.baseOffset = baseOffset;
    this.intervalBytes = intervalBytes;
    this.offsets =
        new IndexFile(
            storage,
            SegmentNames.path(directory, baseOffset, SegmentNames.OFFSET_INDEX),
            OFFSET_ENTRY_BYTES);
    this.times =
        new IndexFile(
            storage,
            SegmentNames.path(directory, baseOffset, SegmentNames.TIME_INDEX),
            TIME_ENTRY_BYTES);
  }

  /** The largest timestamp of the segment, or {@code Long.MIN_VALUE} if it is empty. */
  long maxTimestampMillis() {
    return maxTimestampMillis;
  }

  /**
   * Where a batch is.
   *
   * @param start position of a batch at or before it
   * @param end position of the batch that the next entry is about, which is it or is behind it; -1
   *     if there is no such entry at hand
   */
  record Gap(long start, long end) {

    private static final Gap UNKNOWN = new Gap(0, -1);

    boolean isWiderThan(long bytes) {
      return end - start > bytes;
    }
  }

  /** Where the batch that holds an offset is, as far as the offset index tells. */
  Gap gapAround(long offset) throws IOException {
    int relative = (int) Math.min(Integer.MAX_VALUE, offset - baseOffset);
    IndexFile.Found found = offsets.lastThat((buffer, at) -> buffer.getInt(at) <= relative);
    if (found == null) {
      return Gap.UNKNOWN;
    }
    ByteBuffer entries = found.entries();
    int at = found.number() * OFFSET_ENTRY_BYTES + Integer.BYTES;
    return new Gap(
        entries.getInt(at), found.hasNext() ? entries.getInt(at + OFFSET_ENTRY_BYTES) : -1);
  }

  /** An offset such that all records before it are older than the timestamp. */
  long offsetNotAfter(long timestampMillis) throws IOException {
    IndexFile.Found found = times.lastThat((buffer, at) -> buffer.getLong(at) < timestampMillis);
    if (found == null) {
      return baseOffset;
    }
    return baseOffset + found.entries().getInt(found.number() * TIME_ENTRY_BYTES + Long.BYTES) + 1;
  }

  Mark mark() {
    return new Mark(
        offsets.count(),
        times.count(),
        bytesSinceEntry,
        maxTimestampMillis,
        offsetOfMaxTimestamp,
        indexedTimestampMillis);
  }

  void backTo(Mark mark) throws IOException {
    bytesSinceEntry = mark.bytesSinceEntry;
    maxTimestampMillis = mark.maxTimestampMillis;
    offsetOfMaxTimestamp = mark.offsetOfMaxTimestamp;
    indexedTimestampMillis = mark.indexedTimestampMillis;
    if (newTimes != null) {
      newTimes.clear();
    }
    offsets.truncate(mark.offsetEntries);
    times.truncate(mark.timeEntries);
  }

  /** Takes up batches that were written one behind the other. */
  void add(Iterable<BatchInfo> batches) throws IOException {
    for (BatchInfo batch : batches) {
      add(batch);
    }
    writeNewEntries();
  }

  /** Takes up one batch; {@link #writeNewEntries} when no other follows. */
  void add(BatchInfo batch) throws IOException {
    if (batch.maxTimestampMillis() > maxTimestampMillis) {
      maxTimestampMillis = batch.maxTimestampMillis();
      offsetOfMaxTimestamp = batch.lastOffset();
    }
    if (bytesSinceEntry > intervalBytes) {
      addEntries(batch);
      bytesSinceEntry = 0;
    }
    bytesSinceEntry += batch.sizeBytes();
  }

  /** Writes down the largest timestamp so far, so that it is known without the log file. */
  void completeTimes() throws IOException {
    ByteBuffer entry = ByteBuffer.allocate(TIME_ENTRY_BYTES);
    putTimeEntry(entry);
    if (entry.position() > 0) {
      times.append(entry.flip());
    }
  }

  void force() throws IOException {
    offsets.force();
    times.force();
  }

  /**
   * Takes over the files as they are, up to a place in the log.
   *
   * @param end take only what is about bytes before this
   * @param endOffset take only what is about offsets before this
   * @return false if they can't be right and are to be rebuilt
   */
  boolean load(long end, long endOffset) throws IOException {
    boolean whole = offsets.load() & times.load();
    if (!whole) {
      return false;
    }
    int offsetEntries = 0;
    long lastRelative = -1;
    long lastPosition = -1;
    ByteBuffer all = offsets.readAll();
    while (all.hasRemaining()) {
      long relative = all.getInt();
      long position = all.getInt();
      if (relative <= lastRelative || position <= lastPosition) {
        return false;
      }
      if (position >= end || baseOffset + relative >= endOffset) {
        break;
      }
      lastRelative = relative;
      lastPosition = position;
      offsetEntries++;
    }
    if (!loadTimes(endOffset) || (times.count() == 0 && end > 0)) {
      return false;
    }
    if (offsetEntries < offsets.count()) {
      offsets.truncate(offsetEntries);
    }
    bytesSinceEntry = end - Math.max(0, lastPosition);
    return true;
  }

  private boolean loadTimes(long endOffset) throws IOException {
    int entries = 0;
    long lastRelative = -1;
    long lastTimestamp = Long.MIN_VALUE;
    ByteBuffer all = times.readAll();
    while (all.hasRemaining()) {
      long timestamp = all.getLong();
      long relative = all.getInt();
      if (relative <= lastRelative || timestamp < lastTimestamp) {
        return false;
      }
      if (baseOffset + relative >= endOffset) {
        break;
      }
      lastTimestamp = timestamp;
      lastRelative = relative;
      entries++;
    }
    if (entries < times.count()) {
      times.truncate(entries);
    }
    maxTimestampMillis = lastTimestamp;
    indexedTimestampMillis = lastTimestamp;
    offsetOfMaxTimestamp = baseOffset + Math.max(0, lastRelative);
    return true;
  }

  /** Position of the last batch that the offset index knows, or 0. */
  long lastIndexedPosition() throws IOException {
    ByteBuffer entry = offsets.last();
    return entry == null ? 0 : entry.getInt(Integer.BYTES);
  }

  int intervalBytes() {
    return intervalBytes;
  }

  void clear() throws IOException {
    backTo(new Mark(0, 0, 0, Long.MIN_VALUE, baseOffset, Long.MIN_VALUE));
  }

  /** Opens the files, and never again by their names. */
  void pin() throws IOException {
    offsets.pin();
    times.pin();
  }

  void delete() throws IOException {
    offsets.delete();
    times.delete();
  }

  @Override
  public void close() throws IOException {
    try (offsets) {
      times.close();
    }
  }

  private void addEntries(BatchInfo batch) throws IOException {
    if (newOffsets == null || newTimes == null) {
      newOffsets = ByteBuffer.allocate(PENDING_ENTRIES * OFFSET_ENTRY_BYTES);
      newTimes = ByteBuffer.allocate(PENDING_ENTRIES * TIME_ENTRY_BYTES);
    }
    newOffsets.putInt((int) (batch.lastOffset() - baseOffset)).putInt((int) batch.position());
    putTimeEntry(newTimes);
    if (!newOffsets.hasRemaining()) {
      writeNewEntries();
    }
  }

  private void putTimeEntry(ByteBuffer target) {
    if (maxTimestampMillis > indexedTimestampMillis) {
      target.putLong(maxTimestampMillis).putInt((int) (offsetOfMaxTimestamp - baseOffset));
      indexedTimestampMillis = maxTimestampMillis;
    }
  }

  /** Writes the entries that are due. */
  void writeNewEntries() throws IOException {
    writeTo(offsets, newOffsets);
    writeTo(times, newTimes);
  }

  private static void writeTo(IndexFile file, @Nullable ByteBuffer entries) throws IOException {
    if (entries != null && entries.position() > 0) {
      try {
        file.append(entries.flip());
      } finally {
        entries.clear();
      }
    }
  }

  /** The first batch behind the offset index's end that should have an entry, or null. */
  static @Nullable BatchInfo firstMissing(BatchScanner behindLastEntry, int intervalBytes)
      throws IOException {
    long bytes = 0;
    for (BatchInfo batch = behindLastEntry.next(); batch != null; batch = behindLastEntry.next()) {
      if (bytes > intervalBytes) {
        return batch;
      }
      bytes += batch.sizeBytes();
    }
    return null;
  }
}
