package dev.sluice.log.compaction;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The latest offset of each key, in one array of bounded size. Of a key it keeps 128 bits of its
 * SHA-256: two keys that share them would cost a record, so they must not be found even by someone
 * who tries. Open addressing with linear probing; an entry is two longs of hash and the offset plus
 * one, so that zero means free. Not thread-safe.
 */
final class OffsetMap {

  static final int ENTRY_BYTES = 3 * Long.BYTES;

  private static final int LONGS = 3;

  /** Probes get long in a fuller table. */
  private static final double MAX_LOAD = 0.75;

  private static final int MIN_ENTRIES = 4;

  private final MessageDigest digest;
  private final long[] table;
  private final int entries;
  private final int limit;
  private byte[] scratch = new byte[256];
  private long high;
  private long low;
  private int size;

  /**
   * An empty map.
   *
   * @param maxBytes it takes no more memory
   * @param expectedKeys it need not hold more
   */
  OffsetMap(long maxBytes, long expectedKeys) {
    long wanted = (long) (Math.min(expectedKeys, Integer.MAX_VALUE) / MAX_LOAD) + 1;
    long most = Math.min(maxBytes / ENTRY_BYTES, Integer.MAX_VALUE / LONGS - LONGS);
    this.entries = (int) Math.max(MIN_ENTRIES, Math.min(wanted, most));
    this.limit = (int) (entries * MAX_LOAD);
    this.table = new long[entries * LONGS];
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * Notes that a key is at an offset; a smaller one is forgotten.
   *
   * @return false if the map is full and does not know the key
   */
  boolean put(ByteBuffer key, long offset) {
    hash(key);
    int at = slot();
    if (table[at + 2] == 0) {
      if (isFull()) {
        return false;
      }
      table[at] = high;
      table[at + 1] = low;
      size++;
    }
    table[at + 2] = Math.max(table[at + 2], offset + 1);
    return true;
  }

  /** The latest offset of a key, or -1 if the key is unknown. */
  long get(ByteBuffer key) {
    if (size == 0) {
      return -1;
    }
    hash(key);
    return table[slot() + 2] - 1;
  }

  /** Keys so far. */
  int size() {
    return size;
  }

  boolean isFull() {
    return size >= limit;
  }

  private void hash(ByteBuffer key) {
    int length = key.remaining();
    if (length > scratch.length) {
      scratch = new byte[Math.max(length, 2 * scratch.length)];
    }
    key.get(key.position(), scratch, 0, length);
    digest.update(scratch, 0, length);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    high = hash.getLong();
    low = hash.getLong();
  }

  /** Where the entry of the last hash is, or a free one for it. */
  private int slot() {
    int entry = (int) Math.unsignedMultiplyHigh(high, entries);
    while (true) {
      int at = entry * LONGS;
      if (table[at + 2] == 0 || (table[at] == high && table[at + 1] == low)) {
        return at;
      }
      entry = entry + 1 == entries ? 0 : entry + 1;
    }
  }
}
