package dev.sluice.log.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * An open file. Reads may run beside each other and beside one writer. An interrupted thread reads
 * and writes as any other; its interrupt status stays set.
 */
public interface StorageFile extends AutoCloseable {

  /**
   * Reads until the buffer is full or the file ends.
   *
   * @return the number of bytes, 0 at the end of the file
   */
  int read(ByteBuffer target, long position) throws IOException;

  /**
   * Writes all remaining bytes at a position. After an exception any part of them may have been
   * written.
   */
  void write(ByteBuffer source, long position) throws IOException;

  /**
   * Makes everything written durable. After an exception nothing written since the last success may
   * be believed, even if it can be read back.
   */
  void force() throws IOException;

  /** Cuts the file off; does nothing if it is not longer. */
  void truncate(long sizeBytes) throws IOException;

  long sizeBytes() throws IOException;

  /**
   * Keeps to these bytes from now on, whatever becomes of the name: to be called before another
   * file takes it. An implementation that never looks at the name again has nothing to do.
   */
  default void detach() throws IOException {}

  /**
   * Lays the beginning of the file into memory, read-only, where the system can do that well. The
   * view stays usable after the file is closed or deleted, and takes its space until it is garbage.
   * It must not be read where the file has been cut off since: the process gets an {@link
   * InternalError} then, or worse.
   *
   * @param sizeBytes not more than the file has
   */
  default Optional<ByteBuffer> map(long sizeBytes) throws IOException {
    return Optional.empty();
  }

  /**
   * Hands a region to a channel, without copying it through this process where the system can.
   *
   * @return the number of bytes that went, perhaps fewer than asked for
   */
  long transferTo(long position, long count, WritableByteChannel target) throws IOException;

  @Override
  void close() throws IOException;
}
