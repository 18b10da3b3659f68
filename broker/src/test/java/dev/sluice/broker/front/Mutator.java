package dev.sluice.broker.front;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Spoils bytes: a few of them at a time, anywhere. */
final class Mutator {

  private static final int[] SIZES = {
    0,
    1,
    -1,
    127,
    128,
    255,
    32_767,
    65_536,
    1 << 20,
    100 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE
  };

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  /** Other bytes, perhaps more or fewer. */
  byte[] mutate(byte[] bytes) {
    byte[] mutated = bytes.clone();
    for (int i = random.nextInt(1, 4); i > 0 && mutated.length > 0; i--) {
      mutated = mutateOnce(mutated);
    }
    return mutated;
  }

  private byte[] mutateOnce(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt();
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 4 -> {
        return splice(bytes, at, random.nextInt(1, 9), 0);
      }
      case 5 -> {
        return splice(bytes, at, 0, random.nextInt(1, 9));
      }
      default -> {
        if (bytes.length - at >= Integer.BYTES) {
          ByteBuffer unused =
              ByteBuffer.wrap(bytes).putInt(at, SIZES[random.nextInt(SIZES.length)]);
        }
      }
    }
    return bytes;
  }

  /** Leaves some bytes out, and puts others in. */
  private byte[] splice(byte[] bytes, int at, int out, int in) {
    byte[] inserted = new byte[in];
    random.nextBytes(inserted);
    int rest = Math.min(bytes.length, at + out);
    return ByteBuffer.allocate(at + in + bytes.length - rest)
        .put(bytes, 0, at)
        .put(inserted)
        .put(bytes, rest, bytes.length - rest)
        .array();
  }

  /** The frame around some bytes; now and then its size is not theirs. */
  byte[] frame(byte[] bytes) {
    int size = random.nextInt(10) == 0 ? random.nextInt(bytes.length * 2 + 2) : bytes.length;
    return ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(size).put(bytes).array();
  }
}
