package dev.sluice.log.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file system in memory that can fail and crash. It keeps what a process sees apart from what is
 * durable: file contents become durable by {@link StorageFile#force}, directory entries by {@link
 * #syncDirectory}. Thread-safe.
 *
 * <p>Faults are set on a running system; a crash is one: from the given operation on, everything
 * fails with {@link CrashException}, until {@link #restart} shows what is left.
 */
public final class FaultyStorage implements Storage {

  /** The process is dead. */
  public static final class CrashException extends IOException {

    private static final long serialVersionUID = 1L;

    CrashException() {
      super("crashed");
    }
  }

  /** What a crash does to bytes that were written but not forced. */
  public enum Loss {
    /** All of them are lost. */
    ALL,
    /** All of them survive, as when the process is killed but the machine lives. */
    NONE,
    /**
     * Each write survives up to some byte; the write at which it crashed too. Entries of new files
     * survive or not.
     */
    TORN,
    /**
     * Pages survive or not, in any order; lost pages behind which something survived are zeros.
     * Entries of new files survive or not.
     */
    PAGES
  }

  private static final int PAGE_BYTES = 4096;
  private static final int GROWTH = 1024;

  /** The content of a file; two names of it can't be. */
  private static final class Content {
    byte[] bytes = new byte[0];
    int size;
    byte[] durable = new byte[0];
  }

  private final Random random;
  private Map<Path, Content> files = new HashMap<>();
  private Map<Path, Content> durableFiles = new HashMap<>();
  private Set<Path> directories = new HashSet<>();
  private Set<Path> durableDirectories = new HashSet<>();
  private final Set<Path> locks = new HashSet<>();
  private long operations;
  private long crashAt = Long.MAX_VALUE;
  private Loss loss = Loss.ALL;
  private boolean isCrashed;
  private long capacity = Long.MAX_VALUE;
  private int failingForces;
  private int failingReads;
  private int failingWrites;
  private boolean isReadOnly;
  private boolean isEveryCallCounted;
  private long epoch;

  /** An empty file system; the seed decides what torn writes leave. */
  public FaultyStorage(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Whether every call counts as an operation, those that only read, open, list or close too; else
   * only those that change or force something.
   */
  public synchronized void countEveryCall(boolean every) {
    isEveryCallCounted = every;
  }

  /** Counts operations; see {@link #countEveryCall}. */
  public synchronized long operations() {
    return operations;
  }

  /** Crashes at an operation from now on: 1 is the next one. */
  public synchronized void crashAfter(long laterOperations, Loss how) {
    crashAt = operations + laterOperations;
    loss = how;
  }

  public synchronized boolean isCrashed() {
    return isCrashed;
  }

  /** Comes up again with what is durable after a crash now or earlier. */
  public synchronized void restart(Loss how) {
    if (!isCrashed) {
      loss = how;
      crash();
    }
    isCrashed = false;
    crashAt = Long.MAX_VALUE;
    epoch++;
    files = new HashMap<>(durableFiles);
    directories = new HashSet<>(durableDirectories);
    locks.clear();
    for (Content content : files.values()) {
      content.bytes = content.durable.clone();
      content.size = content.durable.length;
    }
  }

  /** Limits the bytes of all files; writes beyond are cut off and fail. */
  public synchronized void setCapacity(long bytes) {
    capacity = bytes;
  }

  public synchronized long usedBytes() {
    return files.values().stream().mapToLong(content -> content.size).sum();
  }

  /** Lets the next forces of files fail; what they should have made durable is lost in a crash. */
  public synchronized void failForces(int count) {
    failingForces = count;
  }

  /** Lets the next writes fail; any part of each may have been written. */
  public synchronized void failWrites(int count) {
    failingWrites = count;
  }

  /** Takes no changes any more, as after a remount; or takes them again. */
  public synchronized void setReadOnly(boolean readOnly) {
    isReadOnly = readOnly;
  }

  /** Lets the next reads fail. */
  public synchronized void failReads(int count) {
    failingReads = count;
  }

  /** Changes a byte of a file behind everyone's back. */
  public synchronized void rot(Path path, long position, int xor) {
    Content content = content(path);
    content.bytes[(int) position] ^= (byte) xor;
    if (position < content.durable.length) {
      content.durable[(int) position] ^= (byte) xor;
    }
  }

  /**
   * Flips a bit somewhere in a file, as a disk that forgets does.
   *
   * @return the byte at which it is
   */
  public synchronized long flipBit(Path path) {
    long position = random.nextInt(content(path).size);
    rot(path, position, 1 << random.nextInt(8));
    return position;
  }

  /** Whether there is a directory, alive or not. */
  public synchronized boolean hasDirectory(Path path) {
    return directories.contains(path);
  }

  /** A copy of what a file holds. */
  public synchronized byte[] bytes(Path path) {
    Content content = content(path);
    return Arrays.copyOf(content.bytes, content.size);
  }

  /** Replaces what a file holds, durably. */
  public synchronized void replace(Path path, byte[] bytes) {
    Content content = content(path);
    content.bytes = bytes.clone();
    content.size = bytes.length;
    content.durable = bytes.clone();
  }

  @Override
  public synchronized StorageFile openToRead(Path file) throws IOException {
    look();
    return new Open(existing(file));
  }

  @Override
  public synchronized StorageFile openToWrite(Path file) throws IOException {
    look();
    writable();
    Content content = files.get(file);
    if (content == null) {
      operation();
      requireDirectory(file);
      content = new Content();
      files.put(file, content);
    }
    return new Open(content);
  }

  @Override
  public synchronized boolean exists(Path path) throws IOException {
    look();
    return files.containsKey(path) || directories.contains(path);
  }

  @Override
  public synchronized List<Entry> list(Path directory) throws IOException {
    look();
    if (!directories.contains(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    List<Entry> entries = new ArrayList<>();
    files.forEach(
        (path, content) -> {
          if (directory.equals(path.getParent())) {
            entries.add(new Entry(path.getFileName().toString(), content.size, false));
          }
        });
    for (Path path : directories) {
      if (directory.equals(path.getParent())) {
        entries.add(new Entry(path.getFileName().toString(), 0, true));
      }
    }
    return entries;
  }

  @Override
  public synchronized void createDirectories(Path directory) throws IOException {
    if (isReadOnly && directories.contains(directory)) {
      return;
    }
    operation();
    for (Path path = directory; path != null; path = path.getParent()) {
      directories.add(path);
      durableDirectories.add(path);
    }
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    operation();
    if (directories.remove(from)) {
      directories.add(to);
      for (Path path : List.copyOf(files.keySet())) {
        if (path.startsWith(from)) {
          Content content = files.remove(path);
          if (content != null) {
            files.put(to.resolve(from.relativize(path)), content);
          }
        }
      }
      return;
    }
    Content content = existing(from);
    files.remove(from);
    files.put(to, content);
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    operation();
    files.remove(path);
    directories.remove(path);
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    operation();
    sync(directory);
    for (Path path : List.copyOf(durableDirectories)) {
      if (directory.equals(path.getParent()) && !directories.contains(path)) {
        durableDirectories.remove(path);
        durableFiles.keySet().removeIf(file -> file.startsWith(path));
      }
    }
    for (Path path : directories) {
      if (directory.equals(path.getParent()) && durableDirectories.add(path)) {
        sync(path);
      }
    }
  }

  @Override
  public synchronized Lock lock(Path file) throws IOException {
    look();
    writable();
    if (!locks.add(file)) {
      throw new LockHeldException(file, OptionalLong.empty());
    }
    return () -> unlock(file);
  }

  @Override
  public synchronized Optional<LockHolder> lockHolder(Path file) {
    return locks.contains(file)
        ? Optional.of(new LockHolder(OptionalLong.empty()))
        : Optional.empty();
  }

  private synchronized void unlock(Path file) {
    locks.remove(file);
  }

  private void sync(Path directory) {
    durableFiles.keySet().removeIf(path -> directory.equals(path.getParent()));
    files.forEach(
        (path, content) -> {
          if (directory.equals(path.getParent())) {
            durableFiles.put(path, content);
          }
        });
  }

  private void alive() throws CrashException {
    if (isCrashed) {
      throw new CrashException();
    }
  }

  /** Called by whatever changes nothing. */
  private void look() throws CrashException {
    alive();
    if (isEveryCallCounted) {
      count();
    }
  }

  private void writable() throws ReadOnlyDiskException {
    if (isReadOnly) {
      throw new ReadOnlyDiskException("Read-only file system", null);
    }
  }

  /** Called by whatever changes or forces something. */
  private void operation() throws IOException {
    alive();
    writable();
    count();
  }

  private void count() throws CrashException {
    operations++;
    if (operations >= crashAt) {
      crash();
      throw new CrashException();
    }
  }

  private void crash() {
    isCrashed = true;
    if (loss == Loss.NONE) {
      durableFiles = new HashMap<>(files);
      durableDirectories = new HashSet<>(directories);
    }
    if (loss == Loss.TORN || loss == Loss.PAGES) {
      keepSomeNewFiles();
    }
    for (Content content : durableFiles.values()) {
      content.durable =
          switch (loss) {
            case ALL -> content.durable;
            case NONE -> Arrays.copyOf(content.bytes, content.size);
            case TORN -> torn(content);
            case PAGES -> pages(content);
          };
    }
  }

  /** Systems write entries of new files back in any order, synced or not. */
  private void keepSomeNewFiles() {
    for (Path path : new TreeSet<>(files.keySet())) {
      boolean isNew = !durableFiles.containsKey(path);
      if (isNew && durableDirectories.contains(path.getParent()) && random.nextBoolean()) {
        durableFiles.put(path, content(path));
      }
    }
  }

  private byte[] torn(Content content) {
    int durable = content.durable.length;
    if (content.size <= durable) {
      return content.durable;
    }
    return Arrays.copyOf(content.bytes, durable + random.nextInt(content.size - durable + 1));
  }

  private byte[] pages(Content content) {
    int durable = content.durable.length;
    byte[] left = content.durable;
    for (int start = durable / PAGE_BYTES * PAGE_BYTES; start < content.size; start += PAGE_BYTES) {
      int end = Math.min(content.size, start + PAGE_BYTES);
      if (end > durable && random.nextBoolean()) {
        left = Arrays.copyOf(left, Math.max(left.length, end));
        int from = Math.max(durable, start);
        System.arraycopy(content.bytes, from, left, from, end - from);
      }
    }
    return left;
  }

  private Content existing(Path file) throws NoSuchFileException {
    Content content = files.get(file);
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return content;
  }

  private Content content(Path file) {
    Content content = files.get(file);
    if (content == null) {
      throw new IllegalArgumentException("No file " + file);
    }
    return content;
  }

  private void requireDirectory(Path file) throws NoSuchFileException {
    if (!directories.contains(file.getParent())) {
      throw new NoSuchFileException(String.valueOf(file.getParent()));
    }
  }

  /** An open file; useless once the process that opened it has crashed. */
  private final class Open implements StorageFile {

    private final Content content;
    private final long openedIn = epoch;
    private boolean isClosed;

    Open(Content content) {
      this.content = content;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      synchronized (FaultyStorage.this) {
        usable();
        look();
        if (failingReads > 0) {
          failingReads--;
          throw new IOException("Input/output error");
        }
        int length = (int) Math.max(0, Math.min(target.remaining(), content.size - position));
        target.put(content.bytes, (int) Math.min(position, content.size), length);
        return length;
      }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      synchronized (FaultyStorage.this) {
        usable();
        try {
          operation();
        } catch (CrashException e) {
          if (loss == Loss.TORN || loss == Loss.PAGES || loss == Loss.NONE) {
            put(source, position, random.nextInt(source.remaining() + 1));
            crash();
          }
          throw e;
        }
        if (failingWrites > 0) {
          failingWrites--;
          put(source, position, random.nextInt(source.remaining() + 1));
          throw new IOException("Input/output error");
        }
        long free = capacity - usedBytes() + content.size;
        int room = (int) Math.max(0, Math.min(source.remaining(), free - position));
        boolean isFull = room < source.remaining();
        put(source, position, room);
        if (isFull) {
          throw new DiskFullException("No space left on device", null);
        }
      }
    }

    private void put(ByteBuffer source, long position, int length) {
      int end = (int) position + length;
      if (end > content.bytes.length) {
        content.bytes = Arrays.copyOf(content.bytes, end + Math.max(GROWTH, end));
      }
      source.get(content.bytes, (int) position, length);
      content.size = Math.max(content.size, end);
    }

    @Override
    public void force() throws IOException {
      synchronized (FaultyStorage.this) {
        usable();
        operation();
        if (failingForces > 0) {
          failingForces--;
          throw new IOException("Input/output error");
        }
        content.durable = Arrays.copyOf(content.bytes, content.size);
      }
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      synchronized (FaultyStorage.this) {
        usable();
        if (sizeBytes < content.size) {
          operation();
          content.size = (int) sizeBytes;
        }
      }
    }

    @Override
    public long sizeBytes() throws IOException {
      synchronized (FaultyStorage.this) {
        usable();
        look();
        return content.size;
      }
    }

    /** A copy: what a file that is only appended to holds in its beginning does not change. */
    @Override
    public Optional<ByteBuffer> map(long sizeBytes) throws IOException {
      synchronized (FaultyStorage.this) {
        usable();
        byte[] copy = Arrays.copyOf(content.bytes, (int) Math.min(sizeBytes, content.size));
        return Optional.of(ByteBuffer.wrap(copy).asReadOnlyBuffer());
      }
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate((int) count);
      int unused = read(bytes, position);
      return target.write(bytes.flip());
    }

    @Override
    public void close() throws IOException {
      synchronized (FaultyStorage.this) {
        boolean isFirst = !isClosed;
        isClosed = true;
        if (isFirst && openedIn == epoch && !isCrashed) {
          look();
        }
      }
    }

    private void usable() throws IOException {
      if (openedIn != epoch) {
        throw new CrashException();
      }
      alive();
      if (isClosed) {
        throw new ClosedChannelException();
      }
    }
  }
}
