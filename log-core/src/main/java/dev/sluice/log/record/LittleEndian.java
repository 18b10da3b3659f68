package dev.sluice.log.record;

/** Numbers in the byte order of gzip and LZ4. */
final class LittleEndian {

  private LittleEndian() {}

  /** An unsigned number of two bytes. */
  static int shortAt(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  static int intAt(byte[] bytes, int at) {
    return shortAt(bytes, at) | shortAt(bytes, at + 2) << 16;
  }

  static long longAt(byte[] bytes, int at) {
    return (intAt(bytes, at) & 0xffff_ffffL) | (long) intAt(bytes, at + 4) << 32;
  }
}
