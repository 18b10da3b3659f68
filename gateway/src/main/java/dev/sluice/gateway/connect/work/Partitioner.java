package dev.sluice.gateway.connect.work;

/**
 * Chooses partitions for keys as Kafka's own producers do, so that a key is found where every Kafka
 * client looks for it: murmur2 with Kafka's seed, sign bit cleared, modulo the partition count.
 * Algorithm: Austin Appleby's MurmurHash2, 32 bit, little-endian (public domain).
 */
final class Partitioner {

  private static final int SEED = 0x9747b28c;
  private static final int MULTIPLIER = 0x5bd1e995;
  private static final int SHIFT = 24;

  private Partitioner() {}

  static int partition(byte[] key, int partitionCount) {
    return (murmur2(key) & 0x7fffffff) % partitionCount;
  }

  static int murmur2(byte[] data) {
    int hash = SEED ^ data.length;
    int words = data.length & ~3;
    for (int i = 0; i < words; i += 4) {
      int word =
          (data[i] & 0xff)
              | (data[i + 1] & 0xff) << 8
              | (data[i + 2] & 0xff) << 16
              | (data[i + 3] & 0xff) << 24;
      word *= MULTIPLIER;
      word ^= word >>> SHIFT;
      word *= MULTIPLIER;
      hash = hash * MULTIPLIER ^ word;
    }
    int rest = data.length - words;
    if (rest > 0) {
      for (int i = rest - 1; i >= 0; i--) {
        hash ^= (data[words + i] & 0xff) << (8 * i);
      }
      hash *= MULTIPLIER;
    }
    hash ^= hash >>> 13;
    hash *= MULTIPLIER;
    return hash ^ hash >>> 15;
  }
}
