package dev.sluice.log.producer;

import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The producers of a partition at an offset, in the layout of Kafka's {@code .snapshot} files,
 * version 1 ({@code ProducerSnapshot.json}; big endian):
 *
 * <pre>
 *  0  int16   version, 1
 *  2  uint32  CRC-32C of everything from byte 6 on
 *  6  int32   number of producers; each, 46 bytes:
 *     int64   producer id
 *     int16   producer epoch
 *     int32   sequence of the last record, or -1
 *     int64   offset of the last record, or -1 if no batch of this epoch is known
 *     int32   offset of the last batch's last record - of its first
 *     int64   timestamp of the last batch or marker
 *     int32   coordinator epoch, or -1
 *     int64   first offset of the open transaction, or -1
 * </pre>
 *
 * Of a producer's batches only the last is kept: a repetition of an earlier one is refused after a
 * restart, not recognised.
 */
public final class ProducerSnapshot {

  /**
   * Ending of the files; their name is the offset behind the last batch they know, in 20 digits.
   */
  public static final String SUFFIX = ".snapshot";

  private static final short VERSION = 1;
  private static final int CRC = 2;
  private static final int COUNT = 6;
  private static final int PRODUCERS = 10;
  private static final int PRODUCER_BYTES = 46;

  private ProducerSnapshot() {}

  /** The snapshot's bytes, from position 0 to the limit. */
  public static ByteBuffer encode(Collection<ProducerState> producers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Math.addExact(PRODUCERS, Math.multiplyExact(PRODUCER_BYTES, producers.size())));
    bytes.putShort(VERSION).putInt(0).putInt(producers.size());
    for (ProducerState producer : producers) {
      put(bytes, producer);
    }
    bytes.flip();
    return bytes.putInt(CRC, checksum(bytes));
  }

  /**
   * Reads the bytes between position and limit.
   *
   * @throws CorruptStateException if they are no snapshot, or one of another version
   */
  public static List<ProducerState> decode(ByteBuffer snapshot) throws CorruptStateException {
    ByteBuffer bytes = snapshot.slice();
    if (bytes.limit() < PRODUCERS) {
      throw new CorruptStateException("A producer snapshot of " + bytes.limit() + " bytes");
    }
    if (bytes.getShort(0) != VERSION) {
      throw new CorruptStateException(
          "A producer snapshot has version " + bytes.getShort(0) + ", known is " + VERSION);
    }
    if (bytes.getInt(CRC) != checksum(bytes)) {
      throw new CorruptStateException("A producer snapshot does not have its checksum");
    }
    int count = bytes.getInt(COUNT);
    if (count < 0 || (long) PRODUCER_BYTES * count != bytes.limit() - PRODUCERS) {
      throw new CorruptStateException(
          "A producer snapshot of " + bytes.limit() + " bytes can't hold " + count + " producers");
    }
    bytes.position(PRODUCERS);
    List<ProducerState> producers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      producers.add(get(bytes));
    }
    return producers;
  }

  /** Writes a file, or replaces it; durable when this returns. */
  public static void write(Storage storage, Path path, Collection<ProducerState> producers)
      throws IOException {
    AtomicFile.replace(storage, path, encode(producers));
  }

  /**
   * Reads a file.
   *
   * @throws CorruptStateException if it is damaged
   */
  public static List<ProducerState> read(Storage storage, Path path) throws IOException {
    try (StorageFile file = storage.openToRead(path)) {
      long size = file.sizeBytes();
      if (size > Integer.MAX_VALUE) {
        throw new CorruptStateException(path + " has " + size + " bytes");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      int unused = file.read(bytes, 0);
      return decode(bytes.flip());
    }
  }

  private static void put(ByteBuffer target, ProducerState producer) {
    boolean isEmpty = producer.batches().isEmpty();
    target
        .putLong(producer.producerId())
        .putShort(producer.producerEpoch())
        .putInt(producer.lastSequence())
        .putLong(producer.lastOffset())
        .putInt(isEmpty ? 0 : producer.batches().getLast().offsetDelta())
        .putLong(producer.lastTimestampMillis())
        .putInt(producer.coordinatorEpoch())
        .putLong(producer.transactionFirstOffset());
  }

  private static ProducerState get(ByteBuffer source) {
    long producerId = source.getLong();
    short producerEpoch = source.getShort();
    int lastSequence = source.getInt();
    long lastOffset = source.getLong();
    int offsetDelta = source.getInt();
    long timestamp = source.getLong();
    int coordinatorEpoch = source.getInt();
    long transactionFirstOffset = source.getLong();
    List<WrittenBatch> batches =
        lastOffset < 0
            ? List.of()
            : List.of(new WrittenBatch(lastSequence, lastOffset, offsetDelta, timestamp));
    return new ProducerState(
        producerId,
        producerEpoch,
        coordinatorEpoch,
        timestamp,
        timestamp,
        batches,
        transactionFirstOffset);
  }

  private static int checksum(ByteBuffer snapshot) {
    CRC32C crc = new CRC32C();
    crc.update(snapshot.duplicate().position(COUNT));
    return (int) crc.getValue();
  }
}
