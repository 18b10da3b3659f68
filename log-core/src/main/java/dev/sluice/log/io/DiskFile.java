package dev.sluice.log.io;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file of this machine.
 *
 * <p>Java closes a file channel when a thread is interrupted inside it, for all its users. An
 * interrupted reader must not take the partition away from the others, so interrupts are held back
 * during an operation, and a channel that was closed that way is opened anew. On Linux the new one
 * still reports write-back errors that nobody has seen yet, so {@link #force} stays trustworthy.
 */
final class DiskFile implements StorageFile {

  /** Java copies heap buffers to a native one of the same size, which it keeps per thread. */
  private static final int MAX_WRITE_BYTES = 1 << 20;

  /** The same for reads; the native buffer fits into the processor's cache between the copies. */
  private static final int MAX_READ_BYTES = 128 << 10;

  private final Path path;
  private final Set<OpenOption> options;
  private volatile FileChannel channel;
  private volatile boolean closed;
  private boolean isDetached;

  DiskFile(Path path, Set<OpenOption> options, FileChannel channel) {
    this.path = path;
    this.options = options;
    this.channel = channel;
  }

  /** Creates a file that only its owner may read and write, where there are such rights. */
  static DiskFile createPrivately(Path path) throws IOException {
    Set<OpenOption> options = Set.of(READ, WRITE, CREATE_NEW);
    boolean hasRights = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileChannel channel =
        hasRights
            ? FileChannel.open(
                path,
                options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : FileChannel.open(path, options);
    return new DiskFile(path, Set.of(READ, WRITE), channel); // Opened anew, it is there.
  }

  static DiskFile open(Path path, Set<? extends OpenOption> options) throws IOException {
    return new DiskFile(path, Set.copyOf(options), FileChannel.open(path, options));
  }

  /** Something done with the channel; repeating it does no harm. */
  private interface Operation<T> {
    T run(FileChannel channel) throws IOException;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    int start = target.position();
    int end = target.limit();
    int chunk = target.isDirect() ? end - start : MAX_READ_BYTES;
    return uninterrupted(
        channel -> {
          int from = start;
          while (from < end) {
            target.limit(Math.min(end, from + chunk)).position(from);
            int read = channel.read(target, position + from - start);
            if (read < 0) {
              break;
            }
            from += read;
          }
          target.limit(end).position(from);
          return from - start;
        });
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    int start = source.position();
    int end = source.limit();
    int unused =
        uninterrupted(
            channel -> {
              int from = start;
              while (from < end) {
                source.limit(from + Math.min(MAX_WRITE_BYTES, end - from)).position(from);
                from += channel.write(source, position + from - start);
              }
              source.limit(end).position(end);
              return 0;
            });
  }

  @Override
  public void force() throws IOException {
    int unused =
        uninterrupted(
            channel -> {
              channel.force(false);
              return 0;
            });
  }

  @Override
  public void truncate(long sizeBytes) throws IOException {
    long unused = uninterrupted(channel -> channel.truncate(sizeBytes).size());
  }

  @Override
  public long sizeBytes() throws IOException {
    return uninterrupted(FileChannel::size);
  }

  @Override
  public Optional<ByteBuffer> map(long sizeBytes) throws IOException {
    if (DiskErrors.IS_WINDOWS) {
      return Optional.empty(); // There a mapped file can't be deleted.
    }
    return Optional.of(
        uninterrupted(channel -> channel.map(FileChannel.MapMode.READ_ONLY, 0, sizeBytes)));
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    // Not repeated: a part may have gone. Whoever interrupts a sender gives its connection up.
    return current().transferTo(position, count, target);
  }

  /** A channel that is closed by an interrupt later can't be opened anew then. */
  @Override
  public synchronized void detach() throws IOException {
    FileChannel unused = current();
    isDetached = true;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    channel.close();
  }

  private <T> T uninterrupted(Operation<T> operation) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return operation.run(current());
        } catch (AsynchronousCloseException e) {
          interrupted |= Thread.interrupted();
        } catch (ClosedChannelException e) {
          if (closed) {
            throw e;
          }
        } catch (IOException e) {
          throw DiskErrors.translate(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FileChannel current() throws IOException {
    FileChannel open = channel;
    return open.isOpen() ? open : reopened();
  }

  private synchronized FileChannel reopened() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (!channel.isOpen()) {
      if (isDetached) {
        throw new IOException(path + " was replaced, and its old bytes are no longer open");
      }
      channel = FileChannel.open(path, options);
    }
    return channel;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
