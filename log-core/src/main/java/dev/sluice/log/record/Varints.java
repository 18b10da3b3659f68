package dev.sluice.log.record;

/**
 * Writes zigzag variable-length integers, seven bits a byte, least significant first (protobuf's).
 */
final class Varints {

  private Varints() {}

  static int sizeOfInt(int value) {
    int zigzag = (value << 1) ^ (value >> 31);
    return (38 - Integer.numberOfLeadingZeros(zigzag)) / 7 + (zigzag == 0 ? 1 : 0);
  }

  static int sizeOfLong(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    return (70 - Long.numberOfLeadingZeros(zigzag)) / 7 + (zigzag == 0 ? 1 : 0);
  }

  /** Writes at a place in an array and returns the place behind it. */
  static int writeInt(byte[] target, int at, int value) {
    int zigzag = (value << 1) ^ (value >> 31);
    int place = at;
    while ((zigzag & ~0x7f) != 0) {
      target[place++] = (byte) (zigzag | 0x80);
      zigzag >>>= 7;
    }
    target[place++] = (byte) zigzag;
    return place;
  }

  /** Writes at a place in an array and returns the place behind it. */
  static int writeLong(byte[] target, int at, long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    int place = at;
    while ((zigzag & ~0x7fL) != 0) {
      target[place++] = (byte) (zigzag | 0x80);
      zigzag >>>= 7;
    }
    target[place++] = (byte) zigzag;
    return place;
  }
}
