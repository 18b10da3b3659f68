package dev.sluice.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The part of a file that is in memory: the bytes from {@link #start} to {@link #limit} of one
 * array. Bytes before {@code start} are consumed. The array grows only while an unconsumed piece
 * fills it, so its size is bounded by whoever consumes. Not thread-safe.
 */
final class ByteWindow implements Closeable {

  static final int CHUNK_BYTES = 256 * 1024;

  private final FileChannel file;
  private byte[] bytes = new byte[CHUNK_BYTES];
  private long fileOffset;
  private int start;
  private int limit;

  /** An empty window at an offset of an open file; closing the window closes the file. */
  ByteWindow(FileChannel file, long offset) {
    this.file = file;
    this.fileOffset = offset;
  }

  FileChannel file() {
    return file;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int limit() {
    return limit;
  }

  /** Where in the file {@link #start} is. */
  long offset() {
    return fileOffset + start;
  }

  /** Where in the file {@link #limit} is. */
  long endOffset() {
    return fileOffset + limit;
  }

  void consumeTo(int index) {
    start = index;
  }

  /** Forgets the bytes that were read but not consumed; {@link #fill} reads them again. */
  void dropUnconsumed() {
    limit = start;
  }

  /**
   * Reads on. Indexes change: what was at {@code start} is at 0 afterwards.
   *
   * @return false if there is nothing more for now
   */
  boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      fileOffset += start;
      limit -= start;
      start = 0;
    }
    if (limit == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int count = file.read(ByteBuffer.wrap(bytes, limit, bytes.length - limit), fileOffset + limit);
    if (count <= 0) {
      return false;
    }
    limit += count;
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
