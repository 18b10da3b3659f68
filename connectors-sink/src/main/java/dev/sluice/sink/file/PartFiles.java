package dev.sluice.sink.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Part files on the disk: names, locks, and the recovery of those that a crash left behind. */
final class PartFiles {

  private static final Logger LOG = LoggerFactory.getLogger(PartFiles.class);

  private PartFiles() {}

  static Path partOf(Path complete) {
    return complete.resolveSibling(complete.getFileName() + PartFile.ENDING);
  }

  /**
   * The first of {@code stem.ending}, {@code stem.2.ending}, {@code stem.3.ending} … that does not
   * exist: records that are written again after a crash never replace a file.
   */
  static Path free(Path folder, String stem, String ending) {
    Path candidate = folder.resolve(stem + ending);
    for (int n = 2; Files.exists(candidate) || Files.exists(partOf(candidate)); n++) {
      candidate = folder.resolve(stem + "." + n + ending);
    }
    return candidate;
  }

  /** Locks a file that this task has just made. */
  static void lock(FileChannel channel) throws IOException {
    if (!tryLock(channel)) {
      throw new IOException("another process holds a file that was just created");
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByAnotherTask) {
      return false;
    }
  }

  /** Makes a creation, rename or deletion beside the file durable. */
  static void syncFolder(Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Completes every part file under the folder that nobody has open: cuts off a torn last line and
   * gives the file its final name.
   */
  static void recover(Path folder, FileSinkConfig.Format format) throws IOException {
    String ending = format.ending() + PartFile.ENDING;
    List<Path> left;
    try (Stream<Path> files = Files.walk(folder)) {
      left =
          files
              .filter(file -> file.toString().endsWith(ending))
              .filter(Files::isRegularFile)
              .toList();
    }
    for (Path part : left) {
      try {
        recoverOne(part, format);
      } catch (NoSuchFileException completedByItsOwner) {
        LOG.debug("{} was completed meanwhile", part);
      }
    }
  }

  private static void recoverOne(Path part, FileSinkConfig.Format format) throws IOException {
    String name = part.getFileName().toString();
    Path complete =
        part.resolveSibling(name.substring(0, name.length() - PartFile.ENDING.length()));
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (!tryLock(channel)) {
        return;
      }
      long sizeBytes = channel.size();
      long wholeBytes = wholeLines(channel, LineFormat.quotesSpanLines(format));
      channel.truncate(wholeBytes);
      channel.force(true);
      if (wholeBytes == 0) {
        Files.delete(part);
      } else {
        Files.move(part, complete, StandardCopyOption.ATOMIC_MOVE);
      }
      LOG.info(
          "Completed {}, which was left open: {} bytes kept, {} bytes of a torn line cut off",
          complete,
          wholeBytes,
          sizeBytes - wholeBytes);
    }
    syncFolder(complete);
  }

  /** How many bytes end with the last line end outside quotes. */
  private static long wholeLines(FileChannel channel, boolean quotesSpanLines) throws IOException {
    // Not closed: that would close the channel, and with it the lock.
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(0)));
    long whole = 0;
    boolean quoted = false;
    long position = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      position++;
      if (b == '"' && quotesSpanLines) {
        quoted = !quoted;
      } else if (b == '\n' && !quoted) {
        whole = position;
      }
    }
    return whole;
  }
}
