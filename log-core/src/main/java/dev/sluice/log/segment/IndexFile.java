package dev.sluice.log.segment;

import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of sorted entries of one size, searched on disk: an idle partition keeps none of it in
 * memory. One writer at a time, any number of readers beside it. The file is opened when it is
 * first needed, and created by the first entry.
 *
 * <p>Readers search a mapping of the file, made by the first that needs it, and renewed when the
 * file has grown well beyond it; what it lacks at the end is read. Invariant MAPPED-IS-NEVER-CUT: a
 * file is not shortened to less than was ever mapped of it, for a reader that still looks at the
 * mapping would fault. Truncation begins a new file instead; readers of the old one see what it
 * held.
 */
final class IndexFile implements AutoCloseable {

  /** Entries that are read at once when a search has come close. */
  private static final int BLOCK_ENTRIES = 256;

  /** So many entries behind the mapping are always searched by reading. */
  private static final int MIN_UNMAPPED_ENTRIES = 1024;

  /** The mapping may lack this part of what it covers; keeps the number of mappings small. */
  private static final int UNMAPPED_PART = 16;

  /** Looks at the entry at a place in a buffer. */
  interface EntryTest {
    boolean test(ByteBuffer buffer, int at);
  }

  /**
   * What belongs together for a reader.
   *
   * @param count entries in the file
   * @param mapping of the file's beginning; never of one that has been replaced since
   */
  private record Content(int count, @Nullable ByteBuffer mapping) {}

  /**
   * An entry that was found, and the one behind it if that is at hand.
   *
   * @param entries those at hand
   * @param number of the entry among them
   * @param count how many are at hand
   */
  record Found(ByteBuffer entries, int number, int count) {

    boolean hasNext() {
      return number + 1 < count;
    }
  }

  private static final Content EMPTY = new Content(0, null);

  private final Storage storage;
  private final Path path;
  private final int entryBytes;
  private @Nullable StorageFile file;
  private boolean isWritable;
  private volatile boolean isMappable = true;

  /** The most that was ever mapped of this file. */
  private int mappedEntries;

  private volatile Content content = EMPTY;

  IndexFile(Storage storage, Path path, int entryBytes) {
    this.storage = storage;
    this.path = path;
    this.entryBytes = entryBytes;
  }

  /** Takes over what the file holds. False if it ends within an entry. */
  synchronized boolean load() throws IOException {
    content = EMPTY;
    if (!storage.exists(path)) {
      return true;
    }
    long size = opened(false).sizeBytes();
    content = new Content(Math.toIntExact(size / entryBytes), null);
    return size % entryBytes == 0;
  }

  int count() {
    return content.count;
  }

  /** Writes entries behind the last one. After an exception the file is to be truncated. */
  synchronized void append(ByteBuffer entries) throws IOException {
    int added = entries.remaining() / entryBytes;
    Content before = content;
    opened(true).write(entries, (long) before.count * entryBytes);
    content = new Content(before.count + added, before.mapping);
  }

  /** Forgets all entries from the given number on, and what may have been written behind them. */
  synchronized void truncate(int keptCount) throws IOException {
    if (keptCount == 0 && file == null && !storage.exists(path)) {
      content = EMPTY;
      return;
    }
    if (keptCount < mappedEntries) {
      beginAnew(keptCount);
    } else {
      content = new Content(keptCount, content.mapping);
      opened(true).truncate((long) keptCount * entryBytes);
    }
  }

  /** Enforces MAPPED-IS-NEVER-CUT. A crash meanwhile leaves a file that is too short: rebuilt. */
  private void beginAnew(int keptCount) throws IOException {
    ByteBuffer kept = readAll(keptCount);
    close();
    content = EMPTY;
    storage.delete(path);
    mappedEntries = 0;
    opened(true).write(kept, 0);
    content = new Content(keptCount, null);
  }

  synchronized void force() throws IOException {
    if (file != null && isWritable) {
      file.force();
    }
  }

  /**
   * Finds the last entry that passes a test which all entries before it pass too.
   *
   * @return null if no entry passes
   */
  @Nullable Found lastThat(EntryTest test) throws IOException {
    try {
      return search(searchable(), test);
    } catch (InternalError e) {
      throw new IOException(path + " could not be read where it is mapped", e);
    }
  }

  private @Nullable Found search(Content now, EntryTest test) throws IOException {
    ByteBuffer mapping = now.mapping;
    int mapped = mapping == null ? 0 : mapping.capacity() / entryBytes;
    if (mapping == null || (mapped < now.count && test.test(mapping, (mapped - 1) * entryBytes))) {
      return lastRead(test, Math.max(0, mapped - 1), now.count);
    }
    int low = 0;
    int high = Math.min(mapped, now.count);
    // Entries before low pass, entries from high on don't.
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (test.test(mapping, middle * entryBytes)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : new Found(mapping, low - 1, mapped);
  }

  /** Searches entries by reading: those before the first one pass, those from the end on don't. */
  private @Nullable Found lastRead(EntryTest test, int from, int end) throws IOException {
    int low = from;
    int high = end;
    ByteBuffer one = ByteBuffer.allocate(entryBytes);
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
    int last = Math.min(high + 1, end);
    ByteBuffer block = ByteBuffer.allocate((last - first) * entryBytes);
    if (first == last || !read(first, block)) {
      return null;
    }
    int found = -1;
    while (found + 1 < high - first && test.test(block, (found + 1) * entryBytes)) {
      found++;
    }
    return found < 0 ? null : new Found(block, found, last - first);
  }

  /** The last entry, at position 0; null if there is none. */
  @Nullable ByteBuffer last() throws IOException {
    int count = content.count;
    ByteBuffer one = ByteBuffer.allocate(entryBytes);
    return count == 0 || !read(count - 1, one) ? null : one;
  }

  /** All entries, for checks. */
  ByteBuffer readAll() throws IOException {
    return readAll(content.count);
  }

  private ByteBuffer readAll(int count) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(count, entryBytes));
    if (all.hasRemaining() && !read(0, all)) {
      throw new IOException(path + " became shorter while it was read");
    }
    return all.flip();
  }

  /** Opens the file, unless it is empty, and never again by its name. */
  synchronized void pin() throws IOException {
    if (content.count > 0) {
      opened(false).detach();
    }
  }

  void delete() throws IOException {
    storage.delete(path);
  }

  /** Closes the file, to be opened again when needed, and lets the mapping go. */
  @Override
  public synchronized void close() throws IOException {
    content = new Content(content.count, null);
    closeFile();
  }

  private void closeFile() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private Content searchable() throws IOException {
    Content now = content;
    return isMappingDue(now) ? mapped() : now;
  }

  private boolean isMappingDue(Content now) {
    if (!isMappable) {
      return false;
    }
    int mapped = now.mapping == null ? 0 : now.mapping.capacity() / entryBytes;
    int allowed =
        now.mapping == null
            ? BLOCK_ENTRIES
            : Math.max(MIN_UNMAPPED_ENTRIES, mapped / UNMAPPED_PART);
    return now.count - mapped > allowed;
  }

  private synchronized Content mapped() throws IOException {
    Content now = content;
    if (isMappingDue(now)) {
      StorageFile opened = opened(false);
      long bytes = (long) now.count * entryBytes;
      var mapping = opened.sizeBytes() < bytes ? Optional.<ByteBuffer>empty() : opened.map(bytes);
      isMappable = mapping.isPresent();
      if (mapping.isPresent()) {
        mappedEntries = now.count;
        now = new Content(now.count, mapping.get());
        content = now;
      }
    }
    return now;
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
    closeFile();
    file = toWrite ? storage.openToWrite(path) : storage.openToRead(path);
    isWritable = toWrite;
    return file;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
