package dev.sluice.log.checkpoint;

import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A small file that is replaced as a whole. Layout (big endian): int32 magic "SLCP", int16 version,
 * int16 zero, int32 payload length, int32 CRC-32C of the payload, payload. Writers take turns.
 */
public final class AtomicFile {

  /** Ending of the file that is written before it takes the other's place. */
  public static final String TEMPORARY_SUFFIX = ".tmp";

  private static final int MAGIC = 0x534c4350;
  private static final int HEADER_BYTES = 16;

  /** The most that a file can hold. */
  public static final int MAX_PAYLOAD_BYTES = 1 << 20;

  /** The file is there, but is not what was written. */
  public static final class CorruptException extends IOException {

    private static final long serialVersionUID = 1L;

    public CorruptException(String message) {
      super(message);
    }
  }

  /**
   * What the file holds.
   *
   * @param version of the payload's layout, as given when it was written
   */
  public record Content(int version, ByteBuffer payload) {}

  private final Storage storage;
  private final Path path;
  private final boolean isPrivate;

  public AtomicFile(Storage storage, Path path) {
    this(storage, path, false);
  }

  private AtomicFile(Storage storage, Path path, boolean isPrivate) {
    this.storage = storage;
    this.path = path;
    this.isPrivate = isPrivate;
  }

  /** A file that only this process' user may open, see {@link Storage#createPrivately}. */
  public static AtomicFile privately(Storage storage, Path path) {
    return new AtomicFile(storage, path, true);
  }

  /**
   * Reads the file.
   *
   * @return its content, or nothing if there is no such file
   * @throws CorruptException if magic, length or checksum don't fit
   */
  public Optional<Content> read() throws IOException {
    if (!storage.exists(path)) {
      return Optional.empty();
    }
    try (StorageFile file = storage.openToRead(path)) {
      long size = file.sizeBytes();
      if (size < HEADER_BYTES || size > HEADER_BYTES + MAX_PAYLOAD_BYTES) {
        throw new CorruptException(path + " has " + size + " bytes");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      int read = file.read(bytes, 0);
      return Optional.of(decode(bytes.flip(), read));
    }
  }

  /** Replaces the file; durable when this returns. After an exception it is as it was, or new. */
  public synchronized void write(int version, ByteBuffer payload) throws IOException {
    replace(storage, path, encode(version, payload), isPrivate);
  }

  /**
   * Replaces a file whose layout is the caller's; durable when this returns. After an exception it
   * is as it was, or new. Writers take turns.
   */
  public static void replace(Storage storage, Path path, ByteBuffer bytes) throws IOException {
    replace(storage, path, bytes, false);
  }

  private static void replace(Storage storage, Path path, ByteBuffer bytes, boolean isPrivate)
      throws IOException {
    Path temporary = path.resolveSibling(path.getFileName() + TEMPORARY_SUFFIX);
    storage.delete(temporary);
    try (StorageFile file =
        isPrivate ? storage.createPrivately(temporary) : storage.openToWrite(temporary)) {
      file.write(bytes, 0);
      file.force();
    }
    storage.rename(temporary, path);
    Path directory = path.getParent();
    if (directory != null) {
      storage.syncDirectory(directory);
    }
  }

  private static ByteBuffer encode(int version, ByteBuffer payload) {
    if (payload.remaining() > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("Too large for a checkpoint: " + payload.remaining());
    }
    return ByteBuffer.allocate(HEADER_BYTES + payload.remaining())
        .putInt(MAGIC)
        .putShort((short) version)
        .putShort((short) 0)
        .putInt(payload.remaining())
        .putInt(checksum(payload))
        .put(payload.duplicate())
        .flip();
  }

  private Content decode(ByteBuffer bytes, int read) throws CorruptException {
    int magic = bytes.getInt();
    int version = bytes.getShort();
    int reserved = bytes.getShort();
    int length = bytes.getInt();
    int checksum = bytes.getInt();
    ByteBuffer payload = bytes.slice();
    if (magic != MAGIC
        || reserved != 0
        || read != HEADER_BYTES + length
        || checksum != checksum(payload)) {
      throw new CorruptException(path + " does not have the checksum that was written with it");
    }
    return new Content(version, payload);
  }

  private static int checksum(ByteBuffer payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload.duplicate());
    return (int) crc.getValue();
  }
}
