package dev.sluice.gateway.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Chooses the partition of a key as Kafka's default partitioner does, so that records of one key
 * meet in one partition whoever writes them: the 32-bit MurmurHash2 of the key, made positive by
 * clearing its sign bit, modulo the number of partitions.
 */
public final class Partitioner {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SEED = 0x9747b28c;
  private static final int M = 0x5bd1e995;

  private Partitioner() {}

  /**
   * The partition of a key.
   *
   * @param partitions how many there are, at least 1
   */
  public static int partition(byte[] key, int partitions) {
    return partitions == 1 ? 0 : (murmur2(key) & 0x7fffffff) % partitions;
  }

  static int murmur2(byte[] data) {
    int length = data.length;
    int h = SEED ^ length;
    int words = length & ~3;
    for (int i = 0; i < words; i += 4) {
      int k = (int) INT.get(data, i) * M;
      k ^= k >>> 24;
      h = (h * M) ^ (k * M);
    }
    int tail = length - words;
    for (int i = tail - 1; i >= 0; i--) {
      h ^= (data[words + i] & 0xff) << (8 * i);
    }
    if (tail > 0) {
      h *= M;
    }
    h ^= h >>> 13;
    h *= M;
    return h ^ (h >>> 15);
  }
}
