package dev.sluice.log.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file that other processes honour; the file holds the holder's process id in decimal
 * digits and a line feed.
 *
 * <p>Systems with POSIX locks drop a process' lock when it closes <i>any</i> channel on the file,
 * so this process must not open one that it holds: the set of those is kept here.
 */
final class ProcessLock implements Storage.Lock {

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
  private static final int MAX_PID_BYTES = 20;

  private final Path key;
  private final FileChannel channel;

  private ProcessLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  static ProcessLock take(Path file) throws IOException {
    Path key = key(file);
    if (!HELD.add(key)) {
      throw new LockHeldException(file, OptionalLong.of(ProcessHandle.current().pid()));
    }
    FileChannel channel = null;
    boolean isTaken = false;
    try {
      channel = FileChannel.open(file, READ, WRITE, CREATE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new LockHeldException(file, pidIn(channel));
      }
      leavePid(channel);
      isTaken = true;
      return new ProcessLock(key, channel);
    } finally {
      if (!isTaken) {
        HELD.remove(key);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /** Who has the lock, found out without taking it for longer than a moment. */
  static Optional<Storage.LockHolder> holder(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (HELD.contains(key(file))) {
      return Optional.of(new Storage.LockHolder(OptionalLong.of(ProcessHandle.current().pid())));
    }
    try (FileChannel channel = FileChannel.open(file, READ)) {
      boolean isFree;
      try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
        isFree = lock != null;
      }
      return isFree ? Optional.empty() : Optional.of(new Storage.LockHolder(pidIn(channel)));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(key);
    }
  }

  private static Path key(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent.toRealPath().resolve(absolute.getFileName());
  }

  private static void leavePid(FileChannel channel) {
    try {
      String pid = ProcessHandle.current().pid() + "\n";
      int unused = channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(US_ASCII)), 0);
    } catch (IOException e) {
      // A courtesy to whoever meets the lock; a full disk must not keep a log from being read.
    }
  }

  private static OptionalLong pidIn(FileChannel channel) {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(MAX_PID_BYTES);
      int unused = channel.read(bytes, 0);
      String text = US_ASCII.decode(bytes.flip()).toString().strip();
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // Some systems let nobody read a locked file.
    }
  }
}
