package dev.sluice.log.producer;

import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transactions whose ABORT marker is in a segment, in the order of their markers. Derived from
 * the log. Layout of an entry of Kafka's {@code .txnindex} files, version 0 (big endian): int16
 * version, int64 producer id, int64 first offset, int64 last offset, int64 last stable offset.
 *
 * <p>The file is opened when it is first needed, and created by the first entry; bytes behind the
 * last whole entry don't count. Thread-safe: one caller at a time gets in.
 */
public final class TransactionIndex implements AutoCloseable {

  /** Ending of the files; their name is the segment's. */
  public static final String SUFFIX = ".txnindex";

  /**
   * What of an index concerns a reader.
   *
   * @param isComplete false if later segments may have more for the same offsets
   */
  public record Found(List<AbortedTransaction> transactions, boolean isComplete) {}

  private static final short VERSION = 0;
  private static final int ENTRY_BYTES = 34;
  private static final int UNKNOWN = -1;

  /** Entries that are read at once. */
  private static final int BLOCK_ENTRIES = 128;

  private final Storage storage;
  private final Path path;
  private final long baseOffset;
  private @Nullable StorageFile file;
  private boolean isWritable;
  private boolean isDirty;
  private boolean wasUsed;
  private int count = UNKNOWN;

  /**
   * The index in a file, which need not be there. Does no I/O.
   *
   * @param baseOffset of the segment
   */
  public TransactionIndex(Storage storage, Path path, long baseOffset) {
    this.storage = storage;
    this.path = path;
    this.baseOffset = baseOffset;
  }

  /**
   * Adds an entry; durable after {@link #force} only. After an exception it is not there.
   *
   * @throws IllegalArgumentException if its marker is not behind that of the last entry
   */
  public synchronized void append(AbortedTransaction aborted) throws IOException {
    load();
    if (count > 0 && aborted.lastOffset() <= entry(count - 1).lastOffset()) {
      throw new IllegalArgumentException(aborted + " does not follow " + entry(count - 1));
    }
    ByteBuffer entry =
        ByteBuffer.allocate(ENTRY_BYTES)
            .putShort(VERSION)
            .putLong(aborted.producerId())
            .putLong(aborted.firstOffset())
            .putLong(aborted.lastOffset())
            .putLong(aborted.lastStableOffset())
            .flip();
    StorageFile target = opened(true);
    isDirty = true;
    target.write(entry, (long) count * ENTRY_BYTES);
    count++;
  }

  /** All entries. */
  public synchronized List<AbortedTransaction> all() throws IOException {
    return collect(Long.MIN_VALUE, Long.MAX_VALUE).transactions();
  }

  /**
   * The aborted transactions that have records between two offsets.
   *
   * @param fetchOffset the first offset
   * @param upperBoundOffset the offset behind the last
   */
  public synchronized Found collect(long fetchOffset, long upperBoundOffset) throws IOException {
    load();
    wasUsed = true;
    List<AbortedTransaction> found = new ArrayList<>();
    for (int from = firstEndingAt(fetchOffset); from < count; from += BLOCK_ENTRIES) {
      for (AbortedTransaction aborted : entries(from)) {
        if (aborted.firstOffset() < upperBoundOffset) {
          found.add(aborted);
        }
        if (aborted.lastStableOffset() >= upperBoundOffset) {
          return new Found(List.copyOf(found), true);
        }
      }
    }
    return new Found(List.copyOf(found), false);
  }

  /**
   * Removes the transactions whose markers are at an offset or behind it. Also removes what is no
   * entry, and all behind it: a crash may leave pages that were never written behind what was
   * forced.
   */
  public synchronized void truncateTo(long offset) throws IOException {
    load();
    int kept = 0;
    long previous = baseOffset - 1;
    for (int from = 0; from == kept && from < count; from += BLOCK_ENTRIES) {
      for (Optional<AbortedTransaction> entry : block(from)) {
        if (entry.isEmpty()
            || entry.get().lastOffset() <= previous
            || entry.get().lastOffset() >= offset) {
          break;
        }
        previous = entry.get().lastOffset();
        kept++;
      }
    }
    if (kept < count) {
      opened(true).truncate((long) kept * ENTRY_BYTES);
      isDirty = true;
      count = kept;
    }
  }

  /**
   * Looks at all entries.
   *
   * @throws CorruptStateException if they can't be this segment's; rebuild the index then
   */
  public synchronized void check() throws IOException {
    load();
    long previous = baseOffset - 1;
    for (int from = 0; from < count; from += BLOCK_ENTRIES) {
      for (AbortedTransaction aborted : entries(from)) {
        if (aborted.lastOffset() <= previous) {
          throw new CorruptStateException(path + " has " + aborted + " behind offset " + previous);
        }
        previous = aborted.lastOffset();
      }
    }
  }

  /** Removes all entries, whatever they are. */
  public synchronized void clear() throws IOException {
    if (storage.exists(path)) {
      opened(true).truncate(0);
      isDirty = true;
    }
    count = 0;
  }

  /** Makes all entries durable; the file's directory entry is the caller's to sync. */
  public synchronized void force() throws IOException {
    if (isDirty) {
      opened(true).force();
      isDirty = false;
    }
  }

  /** Closes the file if nobody has read it since the last call; it is opened again when needed. */
  public synchronized void closeIdle() throws IOException {
    if (!wasUsed) {
      close();
    }
    wasUsed = false;
  }

  /** Closes the file and deletes it if it is there. */
  public synchronized void delete() throws IOException {
    close();
    storage.delete(path);
    count = 0;
    isDirty = false;
  }

  /** Closes the file. */
  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  /** Opens the file, unless it is empty, and never again by its name: another one will take it. */
  public synchronized void pin() throws IOException {
    load();
    if (count > 0) {
      opened(false).detach();
    }
  }

  /** Looks at the file once, to learn how many whole entries it has. */
  private void load() throws IOException {
    if (count == UNKNOWN) {
      count = storage.exists(path) ? Math.toIntExact(opened(false).sizeBytes() / ENTRY_BYTES) : 0;
    }
  }

  /** The number of the first entry whose marker is at an offset or behind it. */
  private int firstEndingAt(long offset) throws IOException {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entry(middle).lastOffset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private AbortedTransaction entry(int number) throws IOException {
    return sound(number, decode(bytes(number, 1)));
  }

  /** A block of entries. */
  private List<AbortedTransaction> entries(int first) throws IOException {
    List<AbortedTransaction> entries = new ArrayList<>();
    for (Optional<AbortedTransaction> entry : block(first)) {
      entries.add(sound(first + entries.size(), entry));
    }
    return entries;
  }

  private AbortedTransaction sound(int number, Optional<AbortedTransaction> entry)
      throws CorruptStateException {
    return entry.orElseThrow(
        () -> new CorruptStateException(path + " has no entry at byte " + number * ENTRY_BYTES));
  }

  private List<Optional<AbortedTransaction>> block(int first) throws IOException {
    ByteBuffer bytes = bytes(first, Math.min(BLOCK_ENTRIES, count - first));
    List<Optional<AbortedTransaction>> block = new ArrayList<>(BLOCK_ENTRIES);
    while (bytes.hasRemaining()) {
      block.add(decode(bytes));
    }
    return block;
  }

  private ByteBuffer bytes(int first, int entries) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(entries * ENTRY_BYTES);
    if (opened(false).read(bytes, (long) first * ENTRY_BYTES) < bytes.capacity()) {
      throw new CorruptStateException(path + " became shorter while it was read");
    }
    return bytes.flip();
  }

  /** The next entry, unless its bytes can't be one. */
  private static Optional<AbortedTransaction> decode(ByteBuffer bytes) {
    short version = bytes.getShort();
    AbortedTransaction aborted =
        new AbortedTransaction(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    boolean isSound =
        version == VERSION
            && aborted.firstOffset() < aborted.lastOffset()
            && aborted.lastStableOffset() <= aborted.lastOffset() + 1;
    return isSound ? Optional.of(aborted) : Optional.empty();
  }

  private StorageFile opened(boolean toWrite) throws IOException {
    if (file != null && (isWritable || !toWrite)) {
      return file;
    }
    close();
    StorageFile opened = toWrite ? storage.openToWrite(path) : storage.openToRead(path);
    file = opened;
    isWritable = toWrite;
    return opened;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
