package dev.sluice.log.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Seeded records of many shapes: null, empty and large keys and values, headers, timestamps of all
 * sizes; and what else a batch's header says.
 */
final class GeneratedRecords {

  /** What goes into a record. */
  record Generated(
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {

    /** The same with a time that Kafka's builders take: none is negative but -1. */
    Generated forKafka() {
      return new Generated(Math.max(-1, timestampMillis), key, value, headers);
    }
  }

  /** The producer of a batch. */
  record Producer(long id, short epoch, int baseSequence, boolean isTransactional) {}

  private static final String[] HEADER_KEYS = {
    "", "a", "größe", "鍵", "\uD83D\uDE00", "x".repeat(200)
  };

  private final Random random;

  GeneratedRecords(long seed) {
    this.random = new Random(seed);
  }

  List<Generated> batch() {
    return batch(1 + random.nextInt(random.nextInt(4) == 0 ? 400 : 8));
  }

  List<Generated> smallBatch() {
    return batch(1 + random.nextInt(4));
  }

  /** A producer, or one in four times none. */
  Producer producer() {
    if (random.nextInt(4) == 0) {
      return new Producer(-1, (short) -1, -1, false);
    }
    int sequence =
        random.nextInt(4) == 0
            ? Integer.MAX_VALUE - random.nextInt(3)
            : random.nextInt(Integer.MAX_VALUE);
    return new Producer(
        random.nextLong(Long.MAX_VALUE),
        (short) random.nextInt(1 + Short.MAX_VALUE),
        sequence,
        random.nextBoolean());
  }

  private List<Generated> batch(int count) {
    long base = 1_700_000_000_000L + random.nextInt(1_000_000);
    List<Generated> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batch.add(new Generated(timestamp(base), bytes(), bytes(), headers()));
    }
    return batch;
  }

  private long timestamp(long base) {
    return switch (random.nextInt(9)) {
      case 0 -> 0;
      case 1 -> base - random.nextInt(100_000);
      case 2 -> base + (1L << 40);
      case 3 -> -1;
      case 4 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
      case 5 -> random.nextLong();
      default -> base + random.nextInt(1000);
    };
  }

  private byte @Nullable [] bytes() {
    int size =
        switch (random.nextInt(random.nextInt(80) == 0 ? 9 : 8)) {
          case 0 -> -1;
          case 1 -> 0;
          case 2 -> 60 + random.nextInt(10);
          case 3 -> random.nextInt(random.nextInt(8) == 0 ? 9000 : 300);
          case 8 -> 60_000 + random.nextInt(300_000);
          default -> random.nextInt(120);
        };
    if (size < 0) {
      return null;
    }
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 'a' + i % 7);
    }
    return bytes;
  }

  private List<RecordHeader> headers() {
    if (random.nextInt(3) > 0) {
      return List.of();
    }
    List<RecordHeader> headers = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      headers.add(new RecordHeader(HEADER_KEYS[random.nextInt(HEADER_KEYS.length)], bytes()));
    }
    return headers;
  }
}
