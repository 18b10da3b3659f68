package dev.sluice.gateway.log;

/**
 * Which partition a key belongs to: that of Kafka's default partitioner (murmur2 of the key, made
 * positive, modulo the number of partitions), so that records of one key meet in one partition
 * whether they come through HTTP, a connector or a Kafka client.
 */
public final class KeyPartitioner {

  private static final int SEED = 0x9747b28c;
  private static final int MULTIPLIER = 0x5bd1e995;
  private static final int SHIFT = 24;

  private KeyPartitioner() {}

  /**
   * The partition of a key.
   *
   * @param partitions how many there are, at least 1
   */
  public static int partition(byte[] key, int partitions) {
    return (murmur2(key) & Integer.MAX_VALUE) % partitions;
  }

  /** Austin Appleby's MurmurHash2, 32 bits, words read little-endian. */
  static int murmur2(byte[] data) {
    int hash = SEED ^ data.length;
    int words = data.length / 4;
    for (int word = 0; word < words; word++) {
      int k = littleEndian(data, word * 4, 4) * MULTIPLIER;
      k ^= k >>> SHIFT;
      hash = hash * MULTIPLIER ^ k * MULTIPLIER;
    }
    int rest = data.length % 4;
    if (rest > 0) {
      hash = (hash ^ littleEndian(data, words * 4, rest)) * MULTIPLIER;
    }
    hash = (hash ^ hash >>> 13) * MULTIPLIER;
    return hash ^ hash >>> 15;
  }

  private static int littleEndian(byte[] data, int from, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value |= (data[from + i] & 0xff) << 8 * i;
    }
    return value;
  }
}
