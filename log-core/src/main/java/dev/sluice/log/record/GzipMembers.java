package dev.sluice.log.record;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952): one or more members, and nothing behind them. A member:
 *
 * <pre>
 * int8  0x1f, 0x8b, 8 (deflate)
 * int8  flags: 1 header checksum, 2 extra field, 3 name, 4 comment
 * int48 unused here
 *       int16 length and extra field; name and comment, ended by 0; int16 header checksum
 *       deflated bytes
 * int32 CRC-32, then int32 size, of what they unpack to
 * </pre>
 *
 * Numbers are little endian. In place of {@link java.util.zip.GZIPInputStream}, which takes a level
 * of the stack for each empty member, and takes garbage behind the last one for the end.
 */
final class GzipMembers {

  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int HEADER_CHECKSUM = 0x02;
  private static final int EXTRA = 0x04;
  private static final int NAME = 0x08;
  private static final int COMMENT = 0x10;
  private static final int RESERVED = 0xe0;

  private final byte[] source;
  private final int end;
  private final Inflater inflater;
  private final UnpackedBytes target;
  private final CRC32 crc = new CRC32();

  private GzipMembers(byte[] source, int end, Inflater inflater, UnpackedBytes target) {
    this.source = source;
    this.end = end;
    this.inflater = inflater;
    this.target = target;
  }

  static void unpack(byte[] source, int from, int length, UnpackedBytes target)
      throws MalformedException {
    Inflater inflater = new Inflater(true);
    try {
      GzipMembers members = new GzipMembers(source, from + length, inflater, target);
      int at = from;
      do {
        at = members.member(at);
      } while (at < members.end);
    } catch (DataFormatException e) {
      throw new MalformedException("its deflated data is wrong: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  /** Unpacks the member at a place and returns the place behind it. */
  private int member(int start) throws MalformedException, DataFormatException {
    int at = behindHeader(start);
    int first = target.size();
    inflater.reset();
    inflater.setInput(source, at, end - at);
    while (!inflater.finished()) {
      target.ensureRoom(1);
      int unpacked = inflater.inflate(target.array(), target.size(), target.room());
      if (unpacked == 0 && !inflater.finished()) {
        throw new MalformedException("its deflated data ends too early");
      }
      target.added(unpacked);
    }
    at = end - inflater.getRemaining();
    need(at, TRAILER_BYTES);
    crc.reset();
    crc.update(target.array(), first, target.size() - first);
    if (LittleEndian.intAt(source, at) != (int) crc.getValue()
        || LittleEndian.intAt(source, at + 4) != target.size() - first) {
      throw new MalformedException("its gzip checksum or size is wrong");
    }
    return at + TRAILER_BYTES;
  }

  private int behindHeader(int start) throws MalformedException {
    need(start, HEADER_BYTES);
    int flags = source[start + 3];
    if (source[start] != 0x1f
        || source[start + 1] != (byte) 0x8b
        || source[start + 2] != 8
        || (flags & RESERVED) != 0) {
      throw new MalformedException("there is no gzip member where one should begin");
    }
    int at = start + HEADER_BYTES;
    if ((flags & EXTRA) != 0) {
      need(at, 2);
      at += 2 + LittleEndian.shortAt(source, at);
    }
    if ((flags & NAME) != 0) {
      at = behindText(at);
    }
    if ((flags & COMMENT) != 0) {
      at = behindText(at);
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      at += 2;
    }
    need(at, TRAILER_BYTES);
    return at;
  }

  private int behindText(int start) throws MalformedException {
    for (int at = start; at < end; at++) {
      if (source[at] == 0) {
        return at + 1;
      }
    }
    throw new MalformedException("its gzip header does not end");
  }

  private void need(int at, int bytes) throws MalformedException {
    if (end - at < bytes) {
      throw new MalformedException("its gzip data ends too early");
    }
  }
}
