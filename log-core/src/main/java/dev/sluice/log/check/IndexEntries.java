package dev.sluice.log.check;

import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The entries of an index file one after the other; none if there is no file. */
final class IndexEntries implements AutoCloseable {

  private static final int BLOCK_ENTRIES = 4096;

  private final Path path;
  private final int entryBytes;
  private final @Nullable StorageFile file;
  private final long sizeBytes;
  private final ByteBuffer block;
  private long blockStart;

  IndexEntries(Storage storage, Path path, int entryBytes) throws IOException {
    this.path = path;
    this.entryBytes = entryBytes;
    this.file = storage.exists(path) ? storage.openToRead(path) : null;
    this.sizeBytes = file == null ? 0 : file.sizeBytes();
    this.block = ByteBuffer.allocate(BLOCK_ENTRIES * entryBytes).limit(0);
  }

  Path path() {
    return path;
  }

  /** Whether the file ends within an entry. */
  boolean isCutOff() {
    return sizeBytes % entryBytes != 0;
  }

  /** Goes to the next entry and leaves it at the buffer's position; null at the end. */
  @Nullable ByteBuffer next() throws IOException {
    if (file == null) {
      return null;
    }
    if (!block.hasRemaining()) {
      blockStart += block.limit();
      int wanted = (int) Math.min(block.capacity(), sizeBytes - blockStart);
      block.clear().limit(wanted - wanted % entryBytes);
      int read = file.read(block, blockStart);
      block.position(0).limit(read - read % entryBytes);
      if (read == 0) {
        return null;
      }
    }
    ByteBuffer entry = block.slice(block.position(), entryBytes);
    block.position(block.position() + entryBytes);
    return entry;
  }

  /** The byte behind the last entry that {@link #next} gave. */
  long position() {
    return blockStart + block.position();
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
