package dev.sluice.log.segment;

import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of sorted entries of one size, searched on disk: an idle partition keeps none of it in
 * memory. One writer at a time, any number of readers beside it. The file is opened when it is
 * first needed, and created by the first entry.
 */
final class IndexFile implements AutoCloseable {

  /** Entries that are read at once when a search has come close. */
  private static final int BLOCK_ENTRIES = 256;

  /** Looks at the entry at a place in a buffer. */
  interface EntryTest {
    boolean test(ByteBuffer buffer, int at);
  }

  private final Storage storage;
  private final Path path;
  private final int entryBytes;
  private @Nullable StorageFile file;
  private boolean isWritable;
  private volatile int count;

  IndexFile(Storage storage, Path path, int entryBytes) {
    this.storage = storage;
    this.path = path;
    this.entryBytes = entryBytes;
  }

  /** Takes over what the file holds. False if it ends within an entry. */
  synchronized boolean load() throws IOException {
    if (!storage.exists(path)) {
      count = 0;
      return true;
    }
    long size = opened(false).sizeBytes();
    count = Math.toIntExact(size / entryBytes);
    return size % entryBytes == 0;
  }

  int count() {
    return count;
  }

  /** Writes entries behind the last one. After an exception the file is to be truncated. */
  synchronized void append(ByteBuffer entries) throws IOException {
    int added = entries.remaining() / entryBytes;
    opened(true).write(entries, (long) count * entryBytes);
    count += added;
  }

  /** Forgets all entries from the given number on, and what may have been written behind them. */
  synchronized void truncate(int keptCount) throws IOException {
    if (keptCount == 0 && file == null && !storage.exists(path)) {
      return;
    }
    count = keptCount;
    opened(true).truncate((long) keptCount * entryBytes);
  }

  synchronized void force() throws IOException {
    if (file != null && isWritable) {
      file.force();
    }
  }

  /**
   * Finds the last entry that passes a test which all entries before it pass too, and leaves it at
   * position 0 of the result.
   *
   * @return null if no entry passes
   */
  @Nullable ByteBuffer lastThat(EntryTest test) throws IOException {
    int low = 0;
    int high = count;
    ByteBuffer one = ByteBuffer.allocate(entryBytes);
    // Entries before low pass, entries from high on don't.
    while (high - low > BLOCK_ENTRIES) {
      int middle = (low + high) >>> 1;
      if (!read(middle, one)) {
        return null;
      }
      if (test.test(one, 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int first = Math.max(0, low - 1);
    ByteBuffer block = ByteBuffer.allocate((high - first) * entryBytes);
    if (first == high || !read(first, block)) {
      return null;
    }
    int found = -1;
    for (int i = 0; i < high - first && test.test(block, i * entryBytes); i++) {
      found = i;
    }
    return found < 0 ? null : block.slice(found * entryBytes, entryBytes);
  }

  /** All entries, for checks. */
  ByteBuffer readAll() throws IOException {
    ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(count, entryBytes));
    if (all.hasRemaining() && !read(0, all)) {
      throw new IOException(path + " became shorter while it was read");
    }
    return all.flip();
  }

  /** Opens the file, unless it is empty, and never again by its name. */
  synchronized void pin() throws IOException {
    if (count > 0) {
      opened(false).detach();
    }
  }

  void delete() throws IOException {
    storage.delete(path);
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  /** False if the file ends before: its writer has just cut it off. */
  private boolean read(int entry, ByteBuffer target) throws IOException {
    target.clear();
    StorageFile opened = opened(false);
    return opened.read(target, (long) entry * entryBytes) == target.capacity();
  }

  private synchronized StorageFile opened(boolean toWrite) throws IOException {
    if (file != null && (isWritable || !toWrite)) {
      return file;
    }
    close();
    file = toWrite ? storage.openToWrite(path) : storage.openToRead(path);
    isWritable = toWrite;
    return file;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
