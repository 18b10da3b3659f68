package dev.sluice.log.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file channel that reads and writes a few bytes at a time, as the system may. */
final class ShortChannel extends FileChannel {

  private static final int MAX_BYTES = 7;

  private final FileChannel file;

  ShortChannel(FileChannel file) {
    this.file = file;
  }

  private interface Transfer {
    int run(ByteBuffer part) throws IOException;
  }

  private static int some(ByteBuffer buffer, Transfer transfer) throws IOException {
    int limit = buffer.limit();
    buffer.limit(Math.min(limit, buffer.position() + MAX_BYTES));
    try {
      return transfer.run(buffer);
    } finally {
      buffer.limit(limit);
    }
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return some(target, part -> file.read(part, position));
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return some(source, part -> file.write(part, position));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return some(target, file::read);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return some(source, file::write);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return read(targets[offset]);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    return write(sources[offset]);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    return file.position(newPosition);
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    return file.truncate(size);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return file.transferTo(position, Math.min(MAX_BYTES, count), target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    return file.transferFrom(source, position, Math.min(MAX_BYTES, count));
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return file.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return file.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
