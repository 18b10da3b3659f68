package dev.sluice.log.segment;

import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A log file that is opened when first needed and closed when its last holder lets go: deletion
 * must not take a file away from under a reader. Thread-safe.
 */
final class SegmentFile {

  private final Storage storage;
  private final Path path;
  private int holders = 1;
  private boolean wasUsed;
  private boolean isPinned;
  private volatile @Nullable StorageFile reader;
  private volatile @Nullable StorageFile writer;

  SegmentFile(Storage storage, Path path) {
    this.storage = storage;
    this.path = path;
  }

  synchronized boolean retain() {
    if (holders == 0) {
      return false;
    }
    holders++;
    wasUsed = true;
    return true;
  }

  /** True if that was the last hold, and the file has been closed. */
  synchronized boolean release() throws IOException {
    holders--;
    if (holders > 0) {
      return false;
    }
    closeFiles();
    return true;
  }

  /**
   * Closes the file, to be opened again when needed, if only its partition holds it and nobody has
   * read it since the last call. Does nothing to a pinned one.
   *
   * @param alsoClosed closed with it
   */
  synchronized void closeIdle(Closeable alsoClosed) throws IOException {
    if (holders == 1 && !wasUsed && !isPinned) {
      closeFiles();
      alsoClosed.close();
    }
    wasUsed = false;
  }

  /** Opens the file to be read, and never again by its name. */
  synchronized void pin() throws IOException {
    readable().detach();
    StorageFile open = writer;
    if (open != null) {
      open.detach();
    }
    isPinned = true;
  }

  private void closeFiles() throws IOException {
    try (StorageFile closedLast = reader) {
      if (writer != null) {
        writer.close();
      }
    } finally {
      reader = null;
      writer = null;
    }
  }

  StorageFile readable() throws IOException {
    StorageFile open = reader;
    return open != null ? open : openReader();
  }

  StorageFile writable() throws IOException {
    StorageFile open = writer;
    return open != null ? open : openWriter();
  }

  private synchronized StorageFile openReader() throws IOException {
    StorageFile open = reader;
    if (open == null) {
      refuseClosed();
      open = storage.openToRead(path);
      reader = open;
    }
    return open;
  }

  private synchronized StorageFile openWriter() throws IOException {
    StorageFile open = writer;
    if (open == null) {
      refuseClosed();
      open = storage.openToWrite(path);
      writer = open;
    }
    return open;
  }

  private void refuseClosed() throws ClosedChannelException {
    if (holders == 0) {
      throw new ClosedChannelException();
    }
  }
}
