package dev.sluice.log.segment;

import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import dev.sluice.log.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A segment: a file of batches and its indexes.
 *
 * <p>Methods are for the partition's one writer (append, force, seal, truncate) or for any thread
 * (the others). Whoever reads holds it between {@link #retain} and {@link #release}; its files are
 * closed when the last holder lets go.
 *
 * <p>Invariant SEALED-IS-DURABLE: a segment behind which another one has been created is durable,
 * its indexes included.
 */
public final class LogSegment {

  /** Positions in the offset index have 31 bits. */
  public static final long MAX_BYTES = Integer.MAX_VALUE;

  private static final int LOOKUP_WINDOW_BYTES = 8 * 1024;
  private static final int SCAN_WINDOW_BYTES = 256 * 1024;

  private final Storage storage;
  private final Path path;
  private final long baseOffset;
  private final SegmentIndex index;
  private final SegmentFile file;
  private volatile long sizeBytes;
  private volatile boolean isIndexTrusted;

  private LogSegment(
      Storage storage, Path directory, long baseOffset, int indexIntervalBytes, long sizeBytes) {
    this.storage = storage;
    this.path = SegmentNames.path(directory, baseOffset, SegmentNames.LOG);
    this.baseOffset = baseOffset;
    this.index = new SegmentIndex(storage, directory, baseOffset, indexIntervalBytes);
    this.file = new SegmentFile(storage, path);
    this.sizeBytes = sizeBytes;
  }

  /** Creates a new, empty segment, or empties what a failed attempt left; durable. */
  public static LogSegment create(
      Storage storage, Path directory, long baseOffset, int indexIntervalBytes) throws IOException {
    LogSegment segment = new LogSegment(storage, directory, baseOffset, indexIntervalBytes, 0);
    try {
      segment.file.writable().truncate(0);
      segment.index.delete();
      storage.syncDirectory(directory);
      segment.isIndexTrusted = true;
      return segment;
    } catch (IOException e) {
      segment.abandon(e);
      throw e;
    }
  }

  /** Takes over an existing segment; its files are opened and checked when first used. */
  public static LogSegment existing(
      Storage storage, Path directory, long baseOffset, int indexIntervalBytes, long sizeBytes) {
    return new LogSegment(storage, directory, baseOffset, indexIntervalBytes, sizeBytes);
  }

  public long baseOffset() {
    return baseOffset;
  }

  /** Bytes of the log file that hold batches, written but perhaps not durable. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** The log file. */
  public Path path() {
    return path;
  }

  /** The log file, opened. Call while the segment is retained. */
  public StorageFile file() throws IOException {
    return file.readable();
  }

  /** Keeps the files open; false if they are closed for good already. */
  public boolean retain() {
    return file.retain();
  }

  /** Undoes {@link #retain}, or gives up the first hold, which the partition has. */
  public void release() throws IOException {
    if (file.release()) {
      index.close();
    }
  }

  /** Closes the files of a sealed segment that nobody has read since the last call. */
  public void closeIdle() throws IOException {
    file.closeIdle(index::close);
  }

  /**
   * Prepares a sealed segment for another one to take its name: whoever holds it, now or until it
   * is released, reads on in its own bytes. To be called before the files are touched.
   */
  public void pin() throws IOException {
    ensureIndex(sizeBytes);
    index.pin();
    file.pin();
  }

  /** Deletes the files; those who retained the segment may read on. */
  public void delete() throws IOException {
    storage.delete(path);
    index.delete();
  }

  /**
   * Writes complete batches behind the last one; not durable yet.
   *
   * @throws DiskFullException if they don't fit; the segment is as before
   * @throws IOException if anything else went wrong; what is on disk is unknown
   */
  public void append(ByteBuffer batches) throws IOException {
    SegmentIndex.Mark mark = index.mark();
    long start = sizeBytes;
    int bytes = batches.remaining();
    List<BatchInfo> infos = infos(batches, start);
    try {
      file.writable().write(batches, start);
      index.add(infos);
    } catch (DiskFullException e) {
      file.writable().truncate(start);
      index.backTo(mark);
      throw e;
    }
    sizeBytes = start + bytes;
  }

  /** Makes the log file durable. The indexes need not be: they are derived. */
  public void force() throws IOException {
    file.writable().force();
  }

  /** Makes everything durable, so that recovery need not look at what is there now. */
  public void forceAll() throws IOException {
    index.completeTimes();
    file.writable().force();
    index.force();
  }

  /** Cuts the log file off behind its durable part, without a word about the indexes. */
  public void truncateLog(long toBytes) throws IOException {
    sizeBytes = toBytes;
    isIndexTrusted = false;
    file.writable().truncate(toBytes);
    file.writable().force();
  }

  /**
   * The batch that holds an offset, or the first one behind it.
   *
   * @param limit look at bytes before this only
   * @return null if there is none
   * @throws SegmentDamagedException if the log file is not a sequence of batches there
   */
  public @Nullable BatchInfo find(long offset, long limit) throws IOException {
    ensureIndex(limit);
    long start = index.positionAtOrBefore(offset);
    if (start == 0) {
      return findFrom(0, offset, limit);
    }
    try {
      BatchInfo found = findFrom(start, offset, limit);
      boolean mayHaveSkipped = found == null || found.baseOffset() > offset;
      return mayHaveSkipped && !isBefore(start, offset) ? findFrom(0, offset, limit) : found;
    } catch (SegmentDamagedException e) {
      return findFrom(0, offset, limit); // The log may be well, and only the index wrong.
    }
  }

  /** Whether the batch at a position begins at or before an offset. */
  private boolean isBefore(long position, long offset) throws IOException {
    BatchInfo batch = scanner(position, sizeBytes, false, BatchLayout.RECORDS).next();
    return batch != null && batch.baseOffset() <= offset;
  }

  /**
   * The first batch with a timestamp that is not before the given one.
   *
   * @param limit look at bytes before this only
   */
  public Optional<BatchInfo> findTime(long timestampMillis, long limit) throws IOException {
    ensureIndex(limit);
    BatchInfo start = find(index.offsetNotAfter(timestampMillis), limit);
    if (start == null) {
      return Optional.empty();
    }
    BatchScanner scanner = scanner(start.position(), limit, false, SCAN_WINDOW_BYTES);
    for (BatchInfo batch = scanner.next(); batch != null; batch = scanner.next()) {
      if (batch.maxTimestampMillis() >= timestampMillis) {
        return Optional.of(batch);
      }
    }
    refuse(scanner);
    return Optional.empty();
  }

  /** The largest timestamp in the segment; {@code Long.MIN_VALUE} if it is empty. */
  public long maxTimestampMillis() throws IOException {
    ensureIndex(sizeBytes);
    return index.maxTimestampMillis();
  }

  /**
   * Prepares the segment for appending, after a start: believes in log and indexes before a place
   * and takes up the batches behind it, which the caller has checked.
   *
   * @param position where the checked batches begin
   * @param offset the offset at that place
   * @param end where the checked batches end
   */
  public void resume(long position, long offset, long end) throws IOException {
    sizeBytes = end;
    if (index.load(position, offset) && isOffsetIndexComplete(position)) {
      addToIndex(position, end);
    } else {
      rebuildIndex(end);
    }
    isIndexTrusted = true;
  }

  private void ensureIndex(long limit) throws IOException {
    if (isIndexTrusted) {
      return;
    }
    synchronized (index) {
      if (!isIndexTrusted) {
        if (!index.load(limit, Long.MAX_VALUE) || !isOffsetIndexComplete(limit)) {
          rebuildIndex(limit);
        }
        isIndexTrusted = true;
      }
    }
  }

  private boolean isOffsetIndexComplete(long end) throws IOException {
    BatchScanner behind = scanner(index.lastIndexedPosition(), end, false, LOOKUP_WINDOW_BYTES);
    return SegmentIndex.firstMissing(behind, index.intervalBytes()) == null
        && behind.problem() == null;
  }

  private void rebuildIndex(long end) throws IOException {
    synchronized (index) {
      index.clear();
      addToIndex(0, end);
      index.completeTimes();
      index.force();
    }
  }

  private void addToIndex(long start, long end) throws IOException {
    BatchScanner scanner = scanner(start, end, false, SCAN_WINDOW_BYTES);
    List<BatchInfo> some = new ArrayList<>();
    for (BatchInfo batch = scanner.next(); batch != null; batch = scanner.next()) {
      some.add(batch);
      if (some.size() == 1024) {
        index.add(some);
        some.clear();
      }
    }
    refuse(scanner);
    index.add(some);
  }

  private @Nullable BatchInfo findFrom(long start, long offset, long limit) throws IOException {
    BatchScanner scanner = scanner(start, limit, false, LOOKUP_WINDOW_BYTES);
    BatchInfo batch = scanner.next();
    while (batch != null && batch.lastOffset() < offset) {
      batch = scanner.next();
    }
    refuse(scanner);
    return batch;
  }

  /** A scanner over the log file; call while the segment is retained. */
  public BatchScanner scanner(long start, long end, boolean checksums, int windowBytes)
      throws IOException {
    return new BatchScanner(file.readable(), start, end, checksums, windowBytes);
  }

  private void refuse(BatchScanner scanner) throws SegmentDamagedException {
    String problem = scanner.problem();
    if (problem != null) {
      throw new SegmentDamagedException(problem, path, scanner.position());
    }
  }

  private static List<BatchInfo> infos(ByteBuffer batches, long start) {
    List<BatchInfo> infos = new ArrayList<>();
    int at = batches.position();
    while (at < batches.limit()) {
      BatchInfo batch = BatchInfo.of(batches, at, start + at - batches.position());
      if (batch.sizeBytes() < BatchLayout.RECORDS || batch.sizeBytes() > batches.limit() - at) {
        throw new IllegalArgumentException("Not a sequence of complete batches");
      }
      infos.add(batch);
      at += batch.sizeBytes();
    }
    return infos;
  }

  private void abandon(IOException cause) {
    try {
      release();
      delete();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
