package dev.sluice.log.record;

import java.nio.ByteBuffer;

/** Zigzag variable-length integers, seven bits a byte, least significant first (protobuf's). */
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

  /** Reads at the buffer's position; more than five bytes, or the buffer's end, is corrupt. */
  static int readInt(ByteBuffer source) throws MalformedException {
    int zigzag = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (!source.hasRemaining()) {
        throw cutOff();
      }
      byte next = source.get();
      zigzag |= (next & 0x7f) << shift;
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw tooLong();
  }

  /** Reads at the buffer's position; more than ten bytes, or the buffer's end, is corrupt. */
  static long readLong(ByteBuffer source) throws MalformedException {
    long zigzag = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (!source.hasRemaining()) {
        throw cutOff();
      }
      byte next = source.get();
      zigzag |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw tooLong();
  }

  private static MalformedException cutOff() {
    return new MalformedException("a number ends behind its record");
  }

  private static MalformedException tooLong() {
    return new MalformedException("a variable-length number has too many bytes");
  }
}
