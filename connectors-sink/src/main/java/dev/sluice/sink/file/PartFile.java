package dev.sluice.sink.file;

import dev.sluice.connector.SinkRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A file that grows under its {@code .part} name. Owned by the task's thread. A lock on the file
 * keeps other tasks and processes, which look for files left behind by a crash, away from it.
 *
 * <p>Writes since the last {@link #mark} can be taken back, so a failed put leaves no half-written
 * line.
 */
final class PartFile implements AutoCloseable {

  static final String ENDING = ".part";

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path part;
  private final Path complete;
  private final Instant opened;
  private final FileChannel channel;
  private final Supplier<LineFormat> formats;
  private LineFormat format;
  private OutputStream out;
  private long markedBytes;
  private boolean changed;

  private PartFile(
      Path complete, Supplier<LineFormat> formats, Instant opened, FileChannel channel) {
    this.part = PartFiles.partOf(complete);
    this.complete = complete;
    this.opened = opened;
    this.channel = channel;
    this.formats = formats;
    this.format = formats.get();
    this.out = buffer(channel);
  }

  /** Begins a file that does not exist yet, neither under its final nor under its part name. */
  static PartFile create(Path complete, Supplier<LineFormat> formats, Instant now)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            PartFiles.partOf(complete), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      PartFiles.lock(channel);
      PartFiles.syncFolder(complete);
      return new PartFile(complete, formats, now, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static OutputStream buffer(FileChannel channel) {
    return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
  }

  boolean fits(SinkRecord record) {
    return format.fits(record);
  }

  void write(SinkRecord record) throws IOException {
    changed = true;
    format.write(out, record);
  }

  Instant opened() {
    return opened;
  }

  /** Bytes that have reached the file; call after {@link #flush}. */
  long sizeBytes() throws IOException {
    return channel.position();
  }

  /** Hands everything to the operating system and, if asked, to the disk. */
  void flush(boolean fsync) throws IOException {
    if (!changed) {
      return;
    }
    out.flush();
    if (fsync) {
      channel.force(false);
    }
    changed = false;
  }

  /** Everything up to here stays. */
  void mark() throws IOException {
    markedBytes = channel.position();
  }

  /** Takes back what was written since the mark. */
  void rollBack() throws IOException {
    out = buffer(channel);
    channel.truncate(markedBytes);
    channel.position(markedBytes);
    if (markedBytes == 0) {
      // A header that was written is gone, too.
      format = formats.get();
    }
  }

  /** Closes the file and gives it its final name; an empty one is deleted. */
  void complete() throws IOException {
    out.flush();
    channel.force(true);
    long sizeBytes = sizeBytes();
    channel.close();
    if (sizeBytes == 0) {
      Files.delete(part);
    } else {
      Files.move(part, complete, StandardCopyOption.ATOMIC_MOVE);
    }
    PartFiles.syncFolder(complete);
  }

  /** Lets go of the file without completing it; the next start does. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
