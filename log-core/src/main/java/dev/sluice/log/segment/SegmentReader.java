package dev.sluice.log.segment;

import dev.sluice.log.io.StorageFile;
import dev.sluice.log.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds batches in a log file with the help of its indexes and of {@link KnownPlaces}. What they
 * say is only where to look; a batch counts as found when its own header says that it is the one,
 * or when the batches before it were passed. Thread-safe; for who retains the segment.
 */
final class SegmentReader {

  private static final int WINDOW_BYTES = 8 * 1024;
  private static final int MAX_GUESS_BYTES = 64 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SegmentFile file;
  private final SegmentIndex index;
  private final Path path;

  /** Replaced when the file is cut off, so that a reader of before can't add to those of now. */
  private volatile @Nullable KnownPlaces places;

  SegmentReader(SegmentFile file, SegmentIndex index, Path path) {
    this.file = file;
    this.index = index;
    this.path = path;
  }

  /** Call when the file has been cut off. */
  void forgetPlaces() {
    places = null;
  }

  /** See {@link LogSegment#find}. */
  @Nullable BatchInfo find(long offset, long limit) throws IOException {
    KnownPlaces known = places();
    BatchInfo found = holderAt(known.positionOf(offset), offset, limit);
    if (found == null) {
      SegmentIndex.Gap gap = index.gapAround(offset);
      found = gap.isWiderThan(WINDOW_BYTES) ? holderAt(gap.end(), offset, limit) : null;
      found = found == null ? scan(gap.start(), offset, limit) : found;
      if (found != null) {
        known.add(offset, found.position());
      }
    }
    return found;
  }

  /** See {@link LogSegment#read}. */
  @Nullable SegmentRead read(long offset, long limit, int maxBytes) throws IOException {
    KnownPlaces known = places();
    long position = known.positionOf(offset);
    int bytes = maxBytes;
    if (position < 0) {
      SegmentIndex.Gap gap = index.gapAround(offset);
      if (gap.isWiderThan(WINDOW_BYTES) && maxBytes <= MAX_GUESS_BYTES) {
        position = gap.end();
        bytes = (int) Math.max(maxBytes, Math.min(MAX_GUESS_BYTES, gap.end() - gap.start()));
      }
    }
    ByteBuffer guessed = readAt(position, limit, bytes);
    if (guessed != null) {
      BatchInfo first = BatchInfo.of(guessed, 0, position);
      if (holds(first, guessed, offset, limit)) {
        known.add(offset, position);
        return read(first, guessed, limit, maxBytes, known);
      }
    }
    BatchInfo found = find(offset, limit);
    return found == null ? null : read(found, NOTHING, limit, maxBytes, known);
  }

  /** See {@link LogSegment#read(BatchInfo)}. */
  SegmentRead read(BatchInfo batch) throws IOException {
    return read(batch, NOTHING, batch.endPosition(), 0, places());
  }

  /** See {@link LogSegment#findTime}. */
  Optional<BatchInfo> findTime(long timestampMillis, long limit) throws IOException {
    BatchInfo start = find(index.offsetNotAfter(timestampMillis), limit);
    if (start == null || start.maxTimestampMillis() >= timestampMillis) {
      return Optional.ofNullable(start);
    }
    BatchScanner scanner = scanner(start.endPosition(), limit, WINDOW_BYTES);
    for (BatchInfo batch = scanner.next(); batch != null; batch = scanner.next()) {
      if (batch.maxTimestampMillis() >= timestampMillis) {
        return Optional.of(batch);
      }
    }
    refuse(scanner);
    return Optional.empty();
  }

  /** Brings in what is missing of the first batch, and leaves out what is too much. */
  private SegmentRead read(
      BatchInfo first, ByteBuffer begun, long limit, int maxBytes, KnownPlaces known)
      throws IOException {
    long room = limit - first.position();
    int wanted = (int) Math.max(first.sizeBytes(), Math.min(maxBytes, room));
    ByteBuffer bytes = begun;
    if (begun.limit() < wanted) {
      bytes = ByteBuffer.allocate(wanted);
      int unused = file.readable().read(bytes, first.position());
      bytes.flip();
    }
    return new SegmentRead(bytes.limit(Math.min(wanted, bytes.limit())), first.position(), known);
  }

  /** Bytes from a position on, a header at least; null if there are fewer, or it is negative. */
  private @Nullable ByteBuffer readAt(long position, long limit, int maxBytes) throws IOException {
    if (position < 0 || limit - position < BatchLayout.RECORDS) {
      return null;
    }
    int wanted = (int) Math.min(limit - position, Math.max(maxBytes, BatchLayout.RECORDS));
    ByteBuffer bytes = ByteBuffer.allocate(wanted);
    return file.readable().read(bytes, position) == wanted ? bytes.flip() : null;
  }

  private @Nullable BatchInfo holderAt(long position, long offset, long limit) throws IOException {
    ByteBuffer header = readAt(position, limit, BatchLayout.RECORDS);
    if (header == null) {
      return null;
    }
    BatchInfo batch = BatchInfo.of(header, 0, position);
    return holds(batch, header, offset, limit) ? batch : null;
  }

  private static boolean holds(BatchInfo batch, ByteBuffer header, long offset, long limit) {
    return header.get(BatchLayout.MAGIC) == BatchLayout.MAGIC_V2
        && batch.sizeBytes() >= BatchLayout.RECORDS
        && batch.endPosition() <= limit
        && batch.baseOffset() <= offset
        && offset <= batch.lastOffset();
  }

  private @Nullable BatchInfo scan(long start, long offset, long limit) throws IOException {
    if (start == 0) {
      return scanFrom(0, offset, limit);
    }
    try {
      BatchInfo found = scanFrom(start, offset, limit);
      boolean mayHaveSkipped = found == null || found.baseOffset() > offset;
      return mayHaveSkipped && !isBefore(start, offset, limit) ? scanFrom(0, offset, limit) : found;
    } catch (SegmentDamagedException e) {
      return scanFrom(0, offset, limit); // The log may be well, and only the index wrong.
    }
  }

  /** Whether the batch at a position begins at or before an offset. */
  private boolean isBefore(long position, long offset, long limit) throws IOException {
    BatchInfo batch = scanner(position, limit, BatchLayout.RECORDS).next();
    return batch != null && batch.baseOffset() <= offset;
  }

  private @Nullable BatchInfo scanFrom(long start, long offset, long limit) throws IOException {
    BatchScanner scanner = scanner(start, limit, WINDOW_BYTES);
    BatchInfo batch = scanner.next();
    while (batch != null && batch.lastOffset() < offset) {
      batch = scanner.next();
    }
    refuse(scanner);
    return batch;
  }

  private BatchScanner scanner(long start, long end, int windowBytes) throws IOException {
    StorageFile readable = file.readable();
    return new BatchScanner(readable, start, end, false, windowBytes);
  }

  private void refuse(BatchScanner scanner) throws SegmentDamagedException {
    String problem = scanner.problem();
    if (problem != null) {
      throw new SegmentDamagedException(problem, path, scanner.position());
    }
  }

  private KnownPlaces places() {
    KnownPlaces known = places;
    if (known == null) {
      known = new KnownPlaces();
      places = known;
    }
    return known;
  }
}
