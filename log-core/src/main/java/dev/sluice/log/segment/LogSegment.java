package dev.sluice.log.segment;

import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import dev.sluice.log.producer.TransactionIndex;
import dev.sluice.log.record.RecordBatches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A segment: a file of batches and its indexes.
 *
 * <p>Methods are for the partition's one writer (append, force, seal, truncate) or for any thread
 * (the others). Whoever reads holds it between {@link #retain} and {@link #release}; its files are
 * closed when the last holder lets go.
 *
 * <p>Invariant SEALED-IS-DURABLE: a segment before the one with the recovery point is durable, its
 * indexes included.
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
  private final TransactionIndex transactions;
  private final SegmentFile file;
  private final SegmentReader reader;
  private volatile long sizeBytes;
  private volatile boolean isIndexTrusted;
  private final ReentrantLock forceLock = new ReentrantLock();
  private @Nullable IOException forceFailure;

  private LogSegment(
      Storage storage, Path directory, long baseOffset, int indexIntervalBytes, long sizeBytes) {
    this.storage = storage;
    this.path = SegmentNames.path(directory, baseOffset, SegmentNames.LOG);
    this.baseOffset = baseOffset;
    this.index = new SegmentIndex(storage, directory, baseOffset, indexIntervalBytes);
    this.transactions =
        new TransactionIndex(
            storage, SegmentNames.path(directory, baseOffset, TransactionIndex.SUFFIX), baseOffset);
    this.file = new SegmentFile(storage, path);
    this.reader = new SegmentReader(file, index, path);
    this.sizeBytes = sizeBytes;
  }

  /** Creates a new, empty segment, or empties what a failed attempt left; durable. */
  public static LogSegment create(
      Storage storage, Path directory, long baseOffset, int indexIntervalBytes) throws IOException {
    LogSegment segment = createUnsynced(storage, directory, baseOffset, indexIntervalBytes);
    try {
      storage.syncDirectory(directory);
      return segment;
    } catch (IOException e) {
      segment.abandon(e);
      throw e;
    }
  }

  /** As {@link #create}, but durable only when the directory is synced next. */
  public static LogSegment createUnsynced(
      Storage storage, Path directory, long baseOffset, int indexIntervalBytes) throws IOException {
    LogSegment segment = new LogSegment(storage, directory, baseOffset, indexIntervalBytes, 0);
    try {
      segment.file.writable().truncate(0);
      segment.index.delete();
      segment.transactions.delete();
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

  /** The transactions whose abortion is in this segment. */
  public TransactionIndex transactions() {
    return transactions;
  }

  /** Keeps the files open; false if they are closed for good already. */
  public boolean retain() {
    return file.retain();
  }

  /** Undoes {@link #retain}, or gives up the first hold, which the partition has. */
  public void release() throws IOException {
    if (file.release()) {
      closeDerived();
    }
  }

  /** Closes the files of a sealed segment that nobody has read since the last call. */
  public void closeIdle() throws IOException {
    file.closeIdle(this::closeDerived);
  }

  private void closeDerived() throws IOException {
    try (transactions) {
      index.close();
    }
  }

  /**
   * Prepares a sealed segment for another one to take its name: whoever holds it, now or until it
   * is released, reads on in its own bytes. To be called before the files are touched.
   */
  public void pin() throws IOException {
    ensureIndex(sizeBytes);
    index.pin();
    transactions.pin();
    file.pin();
  }

  /** Deletes the files; those who retained the segment may read on. */
  public void delete() throws IOException {
    storage.delete(path);
    index.delete();
    transactions.delete();
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
    int first = batches.position();
    requireBatches(batches);
    try {
      file.writable().write(batches, start);
      addToIndex(batches, first, start);
    } catch (DiskFullException e) {
      file.writable().truncate(start);
      index.backTo(mark);
      throw e;
    }
    sizeBytes = start + bytes;
  }

  /**
   * Makes the log file durable. The indexes need not be: they are derived. Systems tell of a failed
   * force once only, so that the next one seems to succeed: after a failure here all fail, until
   * the partition is opened anew.
   */
  public void force() throws IOException {
    forceLock.lock();
    try {
      if (forceFailure != null) {
        throw new IOException(
            "An earlier force failed: " + forceFailure.getMessage(), forceFailure);
      }
      file.writable().force();
    } catch (IOException e) {
      forceFailure = e;
      throw e;
    } finally {
      forceLock.unlock();
    }
  }

  /** Completes the indexes: nothing is appended any more. Nothing is forced. */
  public void seal() throws IOException {
    index.completeTimes();
  }

  /**
   * Makes everything durable, so that recovery need not look at what is there now. Of a segment
   * that is sealed, any thread may do this.
   */
  public void forceAll() throws IOException {
    seal();
    force();
    index.force();
    transactions.force();
  }

  /** Cuts the log file off behind its durable part, without a word about the indexes. */
  public void truncateLog(long toBytes) throws IOException {
    sizeBytes = toBytes;
    isIndexTrusted = false;
    file.writable().truncate(toBytes);
    reader.forgetPlaces();
    file.writable().force();
  }

  /**
   * Takes back the batches from a position on, durably, and goes on before them.
   *
   * @param toOffset the offset at that position
   */
  public void truncate(long toBytes, long toOffset) throws IOException {
    truncateLog(toBytes);
    transactions.truncateTo(toOffset);
    rebuildIndex(toBytes);
    isIndexTrusted = true;
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
    return reader.find(offset, limit);
  }

  /**
   * Reads from the batch on that holds an offset, or from the first one behind it.
   *
   * @param limit look at bytes before this only
   * @param maxBytes read so many, but at least that batch
   * @return null if there is no such batch
   * @throws SegmentDamagedException if the log file is not a sequence of batches there
   */
  public @Nullable SegmentRead read(long offset, long limit, int maxBytes) throws IOException {
    ensureIndex(limit);
    return reader.read(offset, limit, maxBytes);
  }

  /** Reads a batch that was found. */
  public SegmentRead read(BatchInfo batch) throws IOException {
    return reader.read(batch);
  }

  /**
   * The first batch with a timestamp that is not before the given one.
   *
   * @param limit look at bytes before this only
   */
  public Optional<BatchInfo> findTime(long timestampMillis, long limit) throws IOException {
    ensureIndex(limit);
    return reader.findTime(timestampMillis, limit);
  }

  /**
   * The first batch with the largest timestamp between two places.
   *
   * @param start where a batch begins
   * @param limit look at bytes before this only
   */
  public Optional<BatchInfo> findNewest(long start, long limit) throws IOException {
    ensureIndex(limit);
    Optional<BatchInfo> known =
        start == 0 ? reader.findTime(index.maxTimestampMillis(), limit) : Optional.empty();
    return known.isPresent() ? known : scanForNewest(start, limit);
  }

  private Optional<BatchInfo> scanForNewest(long start, long limit) throws IOException {
    BatchScanner scanner = scanner(start, limit, false, SCAN_WINDOW_BYTES);
    BatchInfo newest = null;
    for (BatchInfo batch = scanner.next(); batch != null; batch = scanner.next()) {
      if (newest == null || batch.maxTimestampMillis() > newest.maxTimestampMillis()) {
        newest = batch;
      }
    }
    refuse(scanner);
    return Optional.ofNullable(newest);
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

  private void addToIndex(ByteBuffer batches, int first, long start) throws IOException {
    int at = first;
    while (at < batches.limit()) {
      BatchInfo batch = BatchInfo.of(batches, at, start + at - first);
      index.add(batch);
      at += batch.sizeBytes();
    }
    index.writeNewEntries();
  }

  private static void requireBatches(ByteBuffer batches) {
    int at = batches.position();
    while (at < batches.limit()) {
      int size = RecordBatches.sizeAt(batches, at);
      if (size < 0 || size > batches.limit() - at) {
        throw new IllegalArgumentException("Not a sequence of complete batches");
      }
      at += size;
    }
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
